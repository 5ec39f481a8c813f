import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { bytesOf } from './certificates/private-networks.ts'

const run = promisify(execFile)

/** The machines that this one has exchanged hardware addresses with on the network of `address`; the access point left out. */
export async function neighboursOf(address: string): Promise<string[]> {
  const netmask = netmaskOf(address)
  if (!netmask) return []
  const [table, gateways] = await Promise.all([arpTable(), gatewaysOf(address)])
  return neighboursIn(table, { address, netmask }).filter((neighbour) => !gateways.includes(neighbour))
}

/** Reads `/proc/net/arp` of Linux and `arp -a` of Windows and macOS: one address and one hardware address in a line. */
export function neighboursIn(table: string, { address, netmask }: { address: string; netmask: string }): string[] {
  const known = table.split('\n').flatMap((line) => {
    const [neighbour] = /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(line) ?? []
    const [hardware] = /\b[0-9a-f]{1,2}(?:[:-][0-9a-f]{1,2}){5}\b/i.exec(line) ?? []
    return neighbour && hardware && isOneMachine(hardware) ? neighbour : []
  })
  return [...new Set(known)].filter(
    (neighbour) => neighbour !== address && networkOf(neighbour, netmask) === networkOf(address, netmask),
  )
}

/** Neither "nobody answered", nor everybody, nor a group (the lowest bit of the first byte; IEEE 802.3, section 3.2.3). */
function isOneMachine(hardware: string): boolean {
  const bytes = hardware.split(/[:-]/).map((byte) => Number.parseInt(byte, 16))
  return bytes.some((byte) => byte !== 0) && ((bytes[0] ?? 0) & 1) === 0
}

function networkOf(address: string, netmask: string): string {
  const mask = bytesOf(netmask)
  return bytesOf(address)
    .map((byte, index) => byte & (mask[index] ?? 0))
    .join('.')
}

function netmaskOf(address: string): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find((own) => own.address === address)?.netmask
}

/** '' where the system does not tell. */
async function arpTable(): Promise<string> {
  if (process.platform === 'linux') return readFile('/proc/net/arp', 'utf8').catch(() => '')
  const answer = await run('arp', ['-a'], { timeout: 3_000, windowsHide: true }).catch(() => null)
  return answer?.stdout ?? ''
}

/** Linux has them in a table; elsewhere the first and the last address of a network are what access points take. */
async function gatewaysOf(address: string): Promise<string[]> {
  if (process.platform === 'linux') return gatewaysIn(await readFile('/proc/net/route', 'utf8').catch(() => ''))
  const prefix = bytesOf(address).slice(0, 3).join('.')
  return [`${prefix}.1`, `${prefix}.254`]
}

/** The third column, its bytes backwards in hexadecimal digits. */
export function gatewaysIn(routes: string): string[] {
  return routes.split('\n').flatMap((line) => {
    const gateway = line.split('\t')[2] ?? ''
    if (!/^[0-9A-F]{8}$/.test(gateway) || gateway === '00000000') return []
    return [...Buffer.from(gateway, 'hex')].reverse().join('.')
  })
}
