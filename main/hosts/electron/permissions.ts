import type { Session } from 'electron'
import { isOurs } from './origin.ts'

/** What our own page is made of. Everything else a page could load comes over a network, and the window has none. */
const localSchemes = ['app:', 'blob:', 'data:', 'devtools:']

export interface Place {
  isPage(address: string): boolean
  mayLoad(address: string): boolean
  /** Whether the page may have the operating system show a note. */
  mayNote: boolean
}

const ourPlace: Place = {
  isPage: isOurs,
  mayLoad: (address) => localSchemes.includes(URL.parse(address)?.protocol ?? ''),
  mayNote: true,
}

/**
 * Our own page may take the whole screen, have the system say that there is news, and, for the cards and photos of
 * learners, look through the camera. The window needs no other device, no sensor, no dictionary and no network, so each request for one is
 * refused.
 */
export function denyEverything(session: Session, { isPage, mayLoad, mayNote }: Place = ourPlace) {
  const isPlain = (permission: string) => permission === 'fullscreen' || (mayNote && permission === 'notifications')
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isForUs = details.isMainFrame && isPage(details.requestingUrl)
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const isCameraAlone = permission === 'media' && kinds.length === 1 && kinds[0] === 'video'
    answer(isForUs && (isPlain(permission) || isCameraAlone))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isCamera = permission === 'media' && details.mediaType === 'video'
    return details.isMainFrame && isPage(origin) && (isPlain(permission) || isCamera)
  })
  denyDevices(session)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !mayLoad(url) })
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
