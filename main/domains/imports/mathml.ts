import { elementsIn, textWithin, type XmlElement } from './xml.ts'

export interface ReadFormula {
  latex: string
  /** Something of the formula has no LaTeX here and stands as its plain text. */
  isSimplified: boolean
}

/** LaTeX for MathML: what its author noted beside it, or what simple presentation markup says. */
export function latexOf(math: XmlElement): ReadFormula {
  const noted = annotationIn(math)
  if (noted !== undefined) return { latex: noted, isSimplified: false }
  const losses: string[] = []
  const latex = rowOf(math, losses).trim()
  return { latex, isSimplified: losses.length > 0 }
}

function annotationIn(element: XmlElement): string | undefined {
  const semantics = elementsIn(element).find((child) => child.name === 'semantics')
  const annotation = elementsIn(semantics).find(
    (child) => child.name === 'annotation' && /tex/i.test(child.attributes.get('encoding') ?? ''),
  )
  return annotation && (textWithin(annotation).trim() || undefined)
}

function rowOf(element: XmlElement, losses: string[]): string {
  return elementsIn(element)
    .map((child) => partOf(child, losses))
    .join(' ')
}

/** Elements of MathML by how many parts they have and what LaTeX makes of them. */
const shapes: Record<string, (parts: string[]) => string> = {
  mfrac: ([above, below]) => `\\frac{${above}}{${below}}`,
  msup: ([base, raised]) => `${base}^{${raised}}`,
  msub: ([base, lowered]) => `${base}_{${lowered}}`,
  msubsup: ([base, lowered, raised]) => `${base}_{${lowered}}^{${raised}}`,
  mroot: ([radicand, index]) => `\\sqrt[${index}]{${radicand}}`,
}
const partsOfShape: Record<string, number> = { mfrac: 2, msup: 2, msub: 2, msubsup: 3, mroot: 2 }

function partOf(element: XmlElement, losses: string[]): string {
  const { name } = element
  const parts = elementsIn(element)
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (shape && parts.length === partsOfShape[name]) return shape(parts.map((part) => partOf(part, losses)))
  switch (name) {
    case 'mi':
    case 'mn':
      return signsOf(element)
    case 'mo':
      return signsOf(element)
    case 'mtext':
      return `\\text{${textWithin(element)
        .trim()
        .replace(/[\\{}]/g, '')}}`
    case 'mspace':
      return '\\ '
    case 'msqrt':
      return `\\sqrt{${rowOf(element, losses)}}`
    case 'mfenced':
      return `(${parts.map((part) => partOf(part, losses)).join(', ')})`
    case 'mrow':
    case 'mstyle':
    case 'semantics':
      return rowOf(element, losses)
    case 'annotation':
    case 'annotation-xml':
      return ''
    default:
      losses.push(name)
      return textWithin(element).replace(/\s+/g, ' ').trim()
  }
}

const operators: Record<string, string> = {
  '×': '\\times ',
  '⋅': '\\cdot ',
  '·': '\\cdot ',
  '÷': '\\div ',
  '±': '\\pm ',
  '≤': '\\le ',
  '≥': '\\ge ',
  '≠': '\\ne ',
  '−': '-',
  '∞': '\\infty ',
  '→': '\\to ',
  π: '\\pi ',
  α: '\\alpha ',
  β: '\\beta ',
  θ: '\\theta ',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '\u2061': '',
  '\u2062': '',
}

function signsOf(element: XmlElement): string {
  const text = textWithin(element).trim()
  const signs = [...text].map((sign) => operators[sign] ?? sign).join('')
  return element.name === 'mi' && /^[a-z]{2,}$/i.test(text) ? `\\mathrm{${signs}}` : signs
}
