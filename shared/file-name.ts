/** Endings of files that no system runs when somebody opens them; `bin` is opened by nothing. */
const harmless = new Set(
  [
    'txt csv json xml gift pdf rtf docx xlsx pptx odt ods odp',
    'png jpg jpeg gif webp heic mp3 mp4 m4a ogg wav zip crt ics bdcsealed bin',
  ].flatMap((endings) => endings.split(' ')),
)

/** What Windows takes for a device, whatever ending comes behind it. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i

/** With an ending still below what any file system takes: 255 bytes. */
const mostBytes = 200

/** A title as a name without an ending that every file system takes and shows as it is. */
export function fileNameOf(title: string, ifNothingIsLeft = 'file'): string {
  return finished(plain(title), ifNothingIsLeft)
}

/**
 * The name under which a file is saved that comes with a name of its own. Nothing leads out of its folder, nothing hides its
 * ending, and what some system would run when it is opened becomes a `.bin`.
 */
export function safeFileName(name: string): string {
  const text = plain(name)
  const [, stem, ending] = /^(.*)\.([^. ]+)$/u.exec(text) ?? []
  if (stem === undefined || ending === undefined || !harmless.has(ending.toLowerCase())) {
    return `${finished(text, 'file')}.bin`
  }
  return `${finished(stem, 'file')}.${ending.toLowerCase()}`
}

/** Without what a file system or its user reads as something else: separators, signs that cannot be seen or turn the text. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.~-]+/, '')
    .replace(/[\s.]+$/, '')
}

function finished(text: string, ifNothingIsLeft: string): string {
  return cut(device.test(text) ? `_${text}` : text).replace(/[\s.]+$/, '') || ifNothingIsLeft
}

/** At most so many bytes of UTF-8, and no half of a sign. */
function cut(text: string): string {
  let kept = ''
  let bytes = 0
  for (const sign of text) {
    bytes += bytesOf(sign.codePointAt(0) ?? 0)
    if (bytes > mostBytes) break
    kept += sign
  }
  return kept
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
