import type { WebContents } from 'electron'
import type { Electron } from './electron.ts'
import { isOurs } from './origin.ts'
import type { Words } from './words.ts'

/**
 * Nothing but our own page can be shown; other addresses go to the browser, after the user has seen and confirmed them.
 * A held kiosk does not even ask: the browser would be a way out.
 */
export function guardNavigation(
  electron: Pick<Electron, 'app' | 'dialog' | 'shell'>,
  words: () => Words,
  isHeld: () => boolean = () => false,
) {
  const offer = offerExternal(electron, words)
  electron.app.on('web-contents-created', (_event, contents) => {
    keepOnOurOrigin(contents)
    contents.setWindowOpenHandler(({ url }) => {
      if (!isHeld()) void offer(url)
      return { action: 'deny' }
    })
  })
}

/** `https:` without a name and password in it, or `mailto:`; undefined when the address is not for the browser. */
export function externalAddress(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || url.href.length > 2000 || url.username || url.password) return undefined
  return url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : undefined
}

function keepOnOurOrigin(contents: WebContents) {
  const deny = (details: { url: string; preventDefault(): void }) => {
    if (!isOurs(details.url)) details.preventDefault()
  }
  contents.on('will-navigate', deny)
  contents.on('will-frame-navigate', deny)
  contents.on('will-redirect', deny)
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** One question at a time, so that a page cannot bury the user in them. */
function offerExternal({ dialog, shell }: Pick<Electron, 'dialog' | 'shell'>, words: () => Words) {
  let isAsking = false
  return async (address: string) => {
    const external = externalAddress(address)
    if (!external || isAsking) return

    isAsking = true
    const { openOutside, open, cancel } = words()
    const answer = dialog.showMessageBox({
      type: 'question',
      message: openOutside,
      detail: external,
      buttons: [open, cancel],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    const { response } = await answer.finally(() => {
      isAsking = false
    })
    if (response === 0) await shell.openExternal(external)
  }
}
