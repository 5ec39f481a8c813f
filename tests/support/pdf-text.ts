import { inflateSync } from 'node:zlib'

/**
 * The text of each page of a PDF that Chromium made, without spaces, since those are gaps and no letters there. Source: ISO
 * 32000-1, 7.3.10 (objects), 9.4 (text), 9.10.3 (ToUnicode); fonts are named by their object, as Skia does it.
 */
export function pdfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf)
  const letters = new Map<string, Map<number, string>>()
  for (const { head } of objects.values()) {
    for (const [, name = '', font] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(font))?.head ?? '')?.[1]
      letters.set(name, lettersIn(objects.get(Number(unicode))?.stream ?? ''))
    }
  }
  return [...objects.values()].flatMap(({ head }) => {
    if (!/\/Type \/Page\b(?!s)/.test(head)) return []
    const content = /\/Contents (\d+) 0 R/.exec(head)?.[1]
    return [textIn(objects.get(Number(content))?.stream ?? '', letters)]
  })
}

interface PdfObject {
  head: string
  stream: string
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n?([\s\S]*?)(?=\nendobj|stream\n)/g)) {
    const [whole, id, head = ''] = match
    const start = match.index + whole.length
    const isStream = text.startsWith('stream\n', start)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const bytes = pdf.subarray(start + 7, start + 7 + length)
    const stream = isStream && head.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : ''
    objects.set(Number(id), { head, stream })
  }
  return objects
}

/** What each glyph stands for. */
function lettersIn(cmap: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)>/g)) {
      letters.set(Number.parseInt(glyph, 16), unicodeOf(hex))
    }
  }
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = Number.parseInt(from, 16)
      const code = unicodeOf(hex).codePointAt(0) ?? 0
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph++) {
        letters.set(glyph, String.fromCodePoint(code + glyph - first))
      }
    }
  }
  return letters
}

function unicodeOf(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le')
}

function textIn(content: string, letters: Map<string, Map<number, string>>): string {
  let font: Map<number, string> | undefined
  let text = ''
  for (const [, name, glyphs = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (name) font = letters.get(name)
    for (const [code] of glyphs.matchAll(/\w{4}/g)) text += font?.get(Number.parseInt(code, 16)) ?? ''
  }
  return text.replace(/\s/g, '')
}
