import type { NetworkCheck } from '../../../shared/contract/classroom.ts'
import { neighboursOf } from './neighbours.ts'
import { bindProblem, canConnect, ownNetworks, systemName } from './networks.ts'
import type { Listening } from './room.ts'

interface Checked {
  address: string
  port: number
  /** How many devices have been let in. */
  devices: number
  listening: Listening | null
}

/**
 * Tries the way to the room and names what blocks the devices. A machine that wants to reach this one asks for its hardware
 * address first, which neither a firewall nor a wrong port stops: whoever is known by theirs and has never connected is
 * stopped here, and where nobody is known the access point keeps its guests apart.
 */
export async function checkNetwork({ address, port, devices, listening }: Checked): Promise<NetworkCheck> {
  const networks = ownNetworks()
  const found = (findings: NetworkCheck['findings'], neighbours = 0) => ({
    networks,
    system: systemName(),
    findings,
    neighbours,
  })
  if (!networks.some((network) => network.address === address)) return found(['addressMissing'])
  if (!listening) {
    const problem = await bindProblem(address, port)
    return found(problem ? [problem] : [])
  }
  if (!(await canConnect(address, listening.port))) return found(['cannotConnect'])
  if (devices > 0) return found([])
  if (listening.callers().length > 0) return found(['onlyCodeMissing'])
  const neighbours = await neighboursOf(address)
  return found([neighbours.length > 0 ? 'firewall' : 'isolation'], neighbours.length)
}
