import type { Session } from 'electron'

/** What our own page is made of. Everything else a page could load comes over a network, and the window has none. */
const localSchemes = ['app:', 'blob:', 'data:', 'devtools:']

/** The window needs no device, no sensor, no dictionary and no network, so each request for one is refused. */
export function denyEverything(session: Session) {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  denyDevices(session)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !localSchemes.includes(URL.parse(url)?.protocol ?? '') })
  })
}

function denyDevices(session: Session) {
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.setUSBProtectedClassesHandler(() => [
    'audio',
    'audio-video',
    'hid',
    'mass-storage',
    'smart-card',
    'video',
    'wireless',
  ])
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
}
