import type { Picture } from '../../../shared/contract/questions.ts'
import { withOurFormulas } from './formulas.ts'
import type { GiftText } from './gift-parser.ts'
import { type MarkupLosses, markupReader } from './markup.ts'
import { liftedContent } from './moodle-files.ts'
import { bytesOfDataUrl, keptPicture, type Pictures } from './pictures.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

export interface ReadText {
  text: string
  pictures: Picture[]
}

export interface MoodleTexts {
  /** The text of an element with the pictures that it shows. */
  read(element: XmlElement | undefined): ReadText
  /** The files of the question whose texts come next, by the marks that `moodle-files.ts` left. */
  begin(files: readonly string[]): void
  /** Text alone: its pictures are lost. */
  readText(element: XmlElement | undefined): string
  lose(image: string): void
  takeLosses(): MarkupLosses
}

/** `pictures` gathers what the texts show. */
export function moodleTexts(pictures: Pictures): MoodleTexts {
  let contents: readonly string[] = []
  let files = new Map<string, Uint8Array>()
  let shown: Picture[] = []
  const lost: string[] = []
  const reader = markupReader((source, alt) => {
    const bytes = bytesOfDataUrl(source) ?? files.get(attachedName(source))
    const picture = bytes && keptPicture(pictures, bytes, alt)
    if (picture) shown.push(picture)
    return picture !== undefined
  })

  function read(element: XmlElement | undefined): ReadText {
    files = filesOf(element, contents)
    shown = []
    const text = reader.read({ format: formatOf(element), text: textWithin(childNamed(element, 'text')) })
    const isPlain = element?.attributes.get('format') === 'plain_text'
    return { text: isPlain ? text : withOurFormulas(text), pictures: shown }
  }

  return {
    read,
    begin(lifted) {
      contents = lifted
    },
    readText(element) {
      const { text, pictures: unshown } = read(element)
      for (const _ of unshown) lost.push('')
      return text
    },
    lose: (image) => lost.push(image),
    takeLosses() {
      const losses = reader.takeLosses()
      return { ...losses, images: [...losses.images, ...lost.splice(0)] }
    },
  }
}

function formatOf(element: XmlElement | undefined): GiftText['format'] {
  switch (element?.attributes.get('format')?.trim()) {
    case 'plain_text':
      return 'plain'
    case 'markdown':
      return 'markdown'
    case 'moodle_auto_format':
      return 'moodle'
    default:
      return 'html'
  }
}

function filesOf(element: XmlElement | undefined, contents: readonly string[]): Map<string, Uint8Array> {
  return new Map(
    childrenNamed(element, 'file').map((file) => {
      const folder = file.attributes.get('path') ?? '/'
      const name = `${folder}${file.attributes.get('name') ?? ''}`.replace(/^\/+/, '')
      return [name, Buffer.from(liftedContent(textWithin(file), contents), 'base64')]
    }),
  )
}

/** `@@PLUGINFILE@@/a%20b.png?time=1` is the file `a b.png` beside the text. */
function attachedName(source: string): string {
  const [, path = ''] = /^@@PLUGINFILE@@\/*([^?#]*)/.exec(source) ?? []
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
