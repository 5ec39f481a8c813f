import i18next from 'i18next'

/** Keys as they are written on them: `alt+shift+N` is "Alt+Shift+N". */
export function keysText(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key.length === 1 ? key : i18next.t(`key.${key}`, { ns: 'palette', defaultValue: key })))
    .join('+')
}
