import { gzipSync } from 'node:zlib'
import { Enrolment, Unreachable } from '../wire.ts'
import { verifiedAgent } from './authority.ts'
import { exchange } from './exchange.ts'
import { type EnrolRequest, GatewayProblem, type NewDevice } from './gateway-answer.ts'
import { paths } from './parts.ts'

/** The centre does not let this database in, and says why. */
export class NotLetIn extends Error {
  override name = 'NotLetIn'
  readonly problem: GatewayProblem['problem']

  constructor(problem: GatewayProblem['problem']) {
    super(problem)
    this.problem = problem
  }
}

/** Turns a code into a place at the centre. @throws {NotLetIn | Unreachable} */
export async function enrolAt(
  { origin, authority }: { origin: string; authority: string | null },
  code: string,
  device: NewDevice,
): Promise<Enrolment> {
  const agent = verifiedAgent(authority)
  const request: EnrolRequest = { code, device }
  try {
    const body = gzipSync(JSON.stringify(request))
    const answer = await exchange(origin, agent, { path: paths.enrol, headers: {}, body }, 64 * 1024)
    const read = JSON.parse(answer.body.toString())
    if (answer.status !== 200) throw new NotLetIn(GatewayProblem.parse(read).problem)
    return Enrolment.parse(read)
  } catch (cause) {
    if (cause instanceof NotLetIn || cause instanceof Unreachable) throw cause
    throw new Unreachable('The centre did not answer as this program expects.', { cause })
  } finally {
    agent.destroy()
  }
}
