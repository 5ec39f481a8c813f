import temml from 'temml'
import type { Picture } from '../../../shared/contract/questions.ts'
import { parseXml } from '../imports/xml.ts'
import { xmlAttribute, xmlText } from './xml-writing.ts'

/** Paths of pictures as an item names them, by digest. */
export type PicturePaths = ReadonlyMap<string, string>

/** Text as XHTML: lines end in `<br/>`, formulas are MathML that carries its LaTeX along. */
export function xhtml(text: string): string {
  return text
    .split(/(\\\(.*?\\\)|\\\[.*?\\\])/s)
    .map((part, index) => (index % 2 === 1 ? formula(part) : xmlText(part).replaceAll('\n', '<br/>')))
    .join('')
}

export function pictureElements(pictures: Picture[], paths: PicturePaths): string {
  return pictures
    .filter(({ image }) => paths.has(image))
    .map(({ image, alt }) => `<img src="${paths.get(image)}" alt="${xmlAttribute(alt)}"/>`)
    .join('')
}

const mathMl = 'http://www.w3.org/1998/Math/MathML'

/** What is no LaTeX, or would come back spelled otherwise, stays between its delimiters. */
function formula(written: string): string {
  const latex = written.slice(2, -2)
  const isBlock = written.startsWith('\\[')
  const plain = xmlText(written).replaceAll('\n', '<br/>')
  if (latex !== latex.trim() || latex === '' || /\s{2}|\n/.test(latex)) return plain
  const shown = presentationOf(latex, isBlock)
  const math =
    `<math xmlns="${mathMl}"${isBlock ? ' display="block"' : ''}><semantics><mrow>${shown}</mrow>` +
    `<annotation encoding="application/x-tex">${xmlText(latex)}</annotation></semantics></math>`
  return shown !== undefined && 'root' in parseXml(math) ? math : plain
}

function presentationOf(latex: string, displayMode: boolean): string | undefined {
  try {
    const math = temml.renderToString(latex, { displayMode, xml: true, throwOnError: true, maxExpand: 100 })
    return math
      .replace(/^<math[^>]*>/, '')
      .replace(/<\/math>$/, '')
      .replaceAll('&nbsp;', '\u00a0')
  } catch {
    return undefined
  }
}
