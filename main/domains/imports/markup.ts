import { compile, type FormatCallback, type SelectorDefinition } from 'html-to-text'
import type { GiftText } from './gift-parser.ts'
import { subscript, superscript } from './raised-text.ts'

export interface MarkupLosses {
  /** What plain text cannot show: `link`, `table`, `underline`, … */
  markup: Set<string>
  /** File names of pictures; empty for those without one. */
  images: string[]
}

export interface MarkupReader {
  /** The text as a learner sees it. */
  read(text: GiftText): string
  readOptional(text: GiftText | null | undefined): string | undefined
  /** What had to be left behind since the last call. */
  takeLosses(): MarkupLosses
}

/** Says whether a picture was found and is shown apart from the text. */
export type TakePicture = (source: string, alt: string) => boolean

export function markupReader(takePicture: TakePicture = () => false): MarkupReader {
  const losses: MarkupLosses = { markup: new Set(), images: [] }
  const keeping: Keeping = { losses, takePicture }

  function read({ format, text }: GiftText): string {
    if (format === 'html') return tidied(converted(fromHtml, text, keeping))
    if (format === 'moodle' && mayHoldHtml(text)) return tidied(converted(fromMoodle, withPlainLessThan(text), keeping))
    return text.trim()
  }

  return {
    read,
    readOptional: (text) => (text && read(text)) || undefined,
    takeLosses() {
      const taken = { markup: new Set(losses.markup), images: [...losses.images] }
      losses.markup.clear()
      losses.images.length = 0
      return taken
    },
  }
}

const knownTag =
  '/?(?:a|abbr|audio|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|li|mark|math|' +
  'object|ol|p|pre|q|s|small|span|strike|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video)(?=[\\s/>])'
const htmlSign = new RegExp(`<!--|<${knownTag}|&(?:#\\d+|#x[\\da-f]+|[a-z]+\\d*);`, 'i')
const plainLessThan = new RegExp(`<(?!!--|${knownTag})`, 'gi')

/** Moodle's own format is text in which HTML may appear anywhere. */
export function mayHoldHtml(text: string): boolean {
  return htmlSign.test(text)
}

/** `if a<b` is no tag. */
function withPlainLessThan(text: string): string {
  return text.replace(plainLessThan, '&lt;')
}

function tidied(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Stands where elements are nested so deep that walking them could overflow the stack. */
const tooDeep = '\uE000'

/** What a conversion takes along: where to note losses, and who takes pictures. */
interface Keeping {
  losses: MarkupLosses
  takePicture: TakePicture
}

type Converter = (html: string, keeping: Keeping) => string

function converted(convert: Converter, html: string, keeping: Keeping): string {
  const text = convert(html, keeping)
  if (text.includes(tooDeep)) keeping.losses.markup.add('nesting')
  return text.replaceAll(tooDeep, '…')
}

function htmlConverter({ preserveNewlines }: { preserveNewlines: boolean }): Converter {
  return compile({
    wordwrap: false,
    preserveNewlines,
    limits: { maxDepth: 100, ellipsis: tooDeep },
    formatters,
    selectors,
  })
}

const selectors: SelectorDefinition[] = [
  { selector: 'a', format: 'link' },
  { selector: 'img', format: 'picture' },
  { selector: 'svg', format: 'picture' },
  { selector: 'table', format: 'grid', options: { uppercaseHeaderCells: false, maxColumnWidth: 200 } },
  { selector: 'sup', format: 'raised' },
  { selector: 'sub', format: 'lowered' },
  ...['u', 'ins'].map((selector) => ({ selector, format: 'lost', options: { loss: 'underline' } })),
  ...['s', 'strike', 'del'].map((selector) => ({ selector, format: 'lost', options: { loss: 'strikethrough' } })),
  { selector: 'math', format: 'lost', options: { loss: 'formula' } },
  ...['audio', 'video', 'iframe', 'object', 'embed'].map((selector) => ({ selector, format: 'media' })),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  { selector: 'ul', options: { itemPrefix: '- ' } },
]

const formatters: Record<string, FormatCallback> = {
  link(element, walk, builder) {
    if (element.attribs.href) keepingOf(builder).losses.markup.add('link')
    walk(element.children, builder)
  },
  picture(element, _walk, builder) {
    const { src = '', alt = '' } = element.attribs
    const { losses, takePicture } = keepingOf(builder)
    if (takePicture(src, alt)) return
    losses.images.push(fileName(src))
    if (element.attribs.alt) builder.addInline(`[${element.attribs.alt}]`)
  },
  grid(element, walk, builder, options) {
    keepingOf(builder).losses.markup.add('table')
    builder.options.formatters?.dataTable?.(element, walk, builder, options)
  },
  raised(element, walk, builder) {
    builder.pushWordTransform(superscript)
    walk(element.children, builder)
    builder.popWordTransform()
  },
  lowered(element, walk, builder) {
    builder.pushWordTransform(subscript)
    walk(element.children, builder)
    builder.popWordTransform()
  },
  media(_element, _walk, builder) {
    keepingOf(builder).losses.markup.add('media')
  },
  lost(element, walk, builder, { loss }) {
    keepingOf(builder).losses.markup.add(loss)
    walk(element.children, builder)
  },
}

/** The library's types do not know that the builder carries what the converter was called with. */
function keepingOf(builder: object): Keeping {
  if ('metadata' in builder && isKeeping(builder.metadata)) return builder.metadata
  throw new Error('a conversion took nothing along')
}

function isKeeping(value: unknown): value is Keeping {
  return typeof value === 'object' && value !== null && 'losses' in value && 'takePicture' in value
}

const fromHtml = htmlConverter({ preserveNewlines: false })
const fromMoodle = htmlConverter({ preserveNewlines: true })

function fileName(source: string): string {
  return source.startsWith('data:') ? '' : (source.split(/[?#]/)[0]?.split('/').at(-1) ?? '')
}
