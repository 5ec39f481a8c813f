const storageKey = 'bdc.deviceName'

type DeviceKind = 'phone' | 'tablet' | 'computer'

/** The name that was given last, or what kind of device this looks like. */
export function suggestedDeviceName(nameOf: (kind: DeviceKind) => string): string {
  return localStorage.getItem(storageKey) ?? nameOf(kindOfDevice(navigator.userAgent))
}

export function keepDeviceName(name: string) {
  localStorage.setItem(storageKey, name.trim())
}

function kindOfDevice(userAgent: string): DeviceKind {
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(userAgent)) return 'tablet'
  return /Mobile|iPhone/i.test(userAgent) ? 'phone' : 'computer'
}

/** The code that came with the QR code: `#/join?code=123456`. */
export function codeInAddress(hash: string): string {
  return /[?&]code=%?2?2?(\d{6})\b/.exec(hash)?.[1] ?? ''
}
