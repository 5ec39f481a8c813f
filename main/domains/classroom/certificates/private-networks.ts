/** Networks whose addresses no certificate of the internet is made for (RFC 1918, 3927, 6598), and this machine itself. */
export const privateNetworks = [
  { network: '10.0.0.0', mask: '255.0.0.0' },
  { network: '172.16.0.0', mask: '255.240.0.0' },
  { network: '192.168.0.0', mask: '255.255.0.0' },
  { network: '169.254.0.0', mask: '255.255.0.0' },
  { network: '100.64.0.0', mask: '255.192.0.0' },
  { network: '127.0.0.0', mask: '255.0.0.0' },
] as const

export function isPrivate(address: string): boolean {
  const wanted = bytesOf(address)
  return privateNetworks.some(({ network, mask }) => {
    const [base, bits] = [bytesOf(network), bytesOf(mask)]
    return wanted.every((byte, index) => (byte & (bits[index] ?? 0)) === base[index])
  })
}

export function bytesOf(address: string): number[] {
  return address.split('.').map(Number)
}
