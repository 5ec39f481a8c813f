import type { Picture } from '../../../shared/contract/questions.ts'
import { type MarkupLosses, markupReader } from './markup.ts'
import { latexOf } from './mathml.ts'
import type { ReadText } from './moodle-texts.ts'
import { bytesOfDataUrl, keptPicture, type Pictures } from './pictures.ts'
import type { XmlElement, XmlNode } from './xml.ts'

export interface QtiTexts {
  /** The text within an element and the pictures that it shows; `replace` may put other nodes in place of some. */
  read(element: XmlElement | undefined, replace?: Replace): ReadText
  /** Text alone: its pictures are lost. */
  readText(element: XmlElement | undefined): string
  lose(image: string): void
  takeLosses(): MarkupLosses
}

/** What stands in place of an element, or undefined to leave it as it is. */
export type Replace = (element: XmlElement, parent: XmlElement) => XmlNode[] | undefined

/** `fileAt` finds a file by a path relative to the item. */
export function qtiTexts(pictures: Pictures, fileAt: (path: string) => Uint8Array | undefined): QtiTexts {
  let shown: Picture[] = []
  const formulas = new Set<string>()
  const lost: string[] = []
  const reader = markupReader((source, alt) => {
    const bytes = bytesOfDataUrl(source) ?? fileAt(source)
    const picture = bytes && keptPicture(pictures, bytes, alt)
    if (picture) shown.push(picture)
    return picture !== undefined
  })

  function read(element: XmlElement | undefined, replace: Replace = () => undefined): ReadText {
    if (!element) return { text: '', pictures: [] }
    shown = []
    const html = element.children.map((child) => htmlOf(child, element, replace, formulas)).join('')
    return { text: reader.read({ format: 'html', text: html }), pictures: shown }
  }

  return {
    read,
    readText(element) {
      const { text, pictures: unshown } = read(element)
      for (const _ of unshown) lost.push('')
      return text
    },
    lose: (image) => lost.push(image),
    takeLosses() {
      const { markup, images } = reader.takeLosses()
      const losses = { markup: new Set([...markup, ...formulas]), images: [...images, ...lost.splice(0)] }
      formulas.clear()
      return losses
    },
  }
}

function htmlOf(node: XmlNode, parent: XmlElement, replace: Replace, formulas: Set<string>): string {
  if (typeof node === 'string') return escaped(node)
  const instead = replace(node, parent)
  if (instead) return instead.map((one) => htmlOf(one, node, replace, formulas)).join('')
  if (node.name === 'math') return formulaOf(node, formulas)
  const attributes = ['src', 'alt', 'href', 'data']
    .filter((name) => node.attributes.has(name))
    .map((name) => ` ${name}="${escaped(node.attributes.get(name) ?? '').replaceAll('"', '&quot;')}"`)
  const inner = node.children.map((child) => htmlOf(child, node, replace, formulas)).join('')
  return `<${node.name}${attributes.join('')}>${inner}${empty.has(node.name) ? '' : `</${node.name}>`}`
}

const empty = new Set(['br', 'img', 'hr', 'col'])

function formulaOf(math: XmlElement, formulas: Set<string>): string {
  const { latex, isSimplified } = latexOf(math)
  if (isSimplified) formulas.add('formula')
  if (latex === '') return ''
  const isBlock = math.attributes.get('display') === 'block'
  return escaped(isBlock ? `\\[${latex}\\]` : `\\(${latex}\\)`)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
