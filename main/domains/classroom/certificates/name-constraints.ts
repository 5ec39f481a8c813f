import { bytesOf, privateNetworks } from './private-networks.ts'

const sequence = 0x30
/** Tags of the context in GeneralName and NameConstraints. */
const dnsName = 0x82
const ipAddress = 0x87
const permittedSubtrees = 0xa0

/**
 * DER of the extension that confines an authority to private addresses and names in `.local`: whoever trusts it for the room
 * trusts it for nothing on the internet. Source: RFC 5280, section 4.2.1.10.
 */
export function privateNamesOnly(): Uint8Array {
  const names = [
    element(dnsName, [...Buffer.from('local')]),
    ...privateNetworks.map(({ network, mask }) => element(ipAddress, [...bytesOf(network), ...bytesOf(mask)])),
  ]
  const subtrees = names.flatMap((name) => element(sequence, name))
  return Uint8Array.from(element(sequence, element(permittedSubtrees, subtrees)))
}

/** Tag, length in one or two bytes, content (X.690, section 8.1). */
function element(tag: number, content: readonly number[]): number[] {
  const length = content.length < 128 ? [content.length] : [0x81, content.length]
  return [tag, ...length, ...content]
}
