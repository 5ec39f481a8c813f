import type { Input, WebContents } from 'electron'

export type KeyStroke = Pick<Input, 'key' | 'control' | 'meta' | 'alt'>

/** With Ctrl or Cmd a learner edits text and changes its size; everything else of that kind belongs to windows and pages. */
const editing = new Set(['a', 'c', 'v', 'x', 'y', 'z', 'backspace', 'delete', 'enter'])
const moving = /^(arrow(left|right|up|down)|home|end)$/

/** Function keys, and the keys of a keyboard that start programs or steer a browser. */
const special = /^(f\d{1,2}|browser\w+|launch\w+|contextmenu|printscreen)$/

/** Whether a kiosk lets a key through: an allowed list, since no list of harmful ones would be complete. */
export function isLearnersKey({ key, control, meta, alt }: KeyStroke): boolean {
  const name = key.toLowerCase()
  if (special.test(name)) return false
  // Both together are AltGr, and Alt is Option on a Mac: they write letters. Alt and Space is the menu of a window.
  if (alt) return !meta && [...key].length === 1 && key !== ' '
  if (control || meta) return editing.has(name) || moving.test(name)
  return true
}

/** Lets no other key through to the page, whatever it is. */
export function holdKeys(contents: Pick<WebContents, 'on'>) {
  contents.on('before-input-event', (event, input) => {
    if (!isLearnersKey(input)) event.preventDefault()
  })
}
