import { strToU8, type Zippable, zipSync } from 'fflate'
import type { ExportLoss } from '../../../shared/contract/exports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { pictureType } from '../imports/pictures.ts'
import type { PictureBytes } from './moodle-texts.ts'
import { picturesOf } from './moodle-xml.ts'
import { qtiItem } from './qti-item.ts'
import { xmlText } from './xml-writing.ts'

/** A package of QTI 3.0: an item for each question, its pictures and a manifest. The same questions give the same bytes. */
export function writeQti(questions: Question[], bytesOf: PictureBytes): { bytes: Uint8Array; losses: ExportLoss[] } {
  const pictures = picturesIn(questions, bytesOf)
  const paths = new Map([...pictures].map(([image, { path }]) => [image, `../${path}`]))
  const items = questions.map((question, index) => ({
    question,
    identifier: `item-${String(index + 1).padStart(4, '0')}`,
  }))
  const files: Zippable = { 'imsmanifest.xml': strToU8(manifest(items, pictures)) }
  for (const { question, identifier } of items) {
    files[`items/${identifier}.xml`] = strToU8(qtiItem(question, identifier, paths))
  }
  for (const { path, bytes } of pictures.values()) files[path] = bytes
  const losses = questions.flatMap((question, index) => lossesOf(question, index + 1, bytesOf))
  return { bytes: zipSync(files, { level: 9, mtime: new Date(2000, 0, 1) }), losses }
}

interface Item {
  question: Question
  identifier: string
}
type PictureFiles = Map<string, { path: string; bytes: Uint8Array }>

function picturesIn(questions: Question[], bytesOf: PictureBytes): PictureFiles {
  const files: PictureFiles = new Map()
  for (const image of questions.flatMap(picturesOf)) {
    const bytes = bytesOf(image)
    const type = bytes && pictureType(bytes)
    if (bytes && type) files.set(image, { path: `pictures/${image}.${type === 'jpeg' ? 'jpg' : type}`, bytes })
  }
  return files
}

const packaging = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
const lom = 'http://ltsc.ieee.org/xsd/LOM'

function manifest(items: Item[], pictures: PictureFiles): string {
  const resources = items.map(({ question, identifier }) => {
    const shown = [...new Set(picturesOf(question))].flatMap((image) => pictures.get(image) ?? [])
    const dependencies = shown.map(({ path }) => `<file href="${path}"/>`).join('')
    return (
      `<resource identifier="${identifier}" type="imsqti_item_xmlv3p0" href="items/${identifier}.xml">` +
      `${metadata(question)}<file href="items/${identifier}.xml"/>${dependencies}</resource>`
    )
  })
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="${packaging}" xmlns:lom="${lom}" identifier="questions">` +
    '<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata><organizations/>' +
    `<resources>\n${resources.join('\n')}\n</resources></manifest>\n`
  )
}

function metadata({ category, tags = [] }: Question): string {
  if (category === undefined && tags.length === 0) return ''
  const string = (text: string) => `<lom:string>${xmlText(text)}</lom:string>`
  const words = tags.map((tag) => `<lom:keyword>${string(tag)}</lom:keyword>`).join('')
  const steps = category === undefined ? [] : category.split(/(?<!\/)\/(?!\/)/)
  const taxa = steps.map(
    (step) => `<lom:taxon><lom:entry>${string(step.replaceAll('//', '/'))}</lom:entry></lom:taxon>`,
  )
  const filed = `<lom:classification><lom:taxonPath>${taxa.join('')}</lom:taxonPath></lom:classification>`
  return `<metadata><lom:lom>${words && `<lom:general>${words}</lom:general>`}${taxa.length > 0 ? filed : ''}</lom:lom></metadata>`
}

function lossesOf(question: Question, place: number, bytesOf: PictureBytes): ExportLoss[] {
  const kinds: ExportLoss['kind'][] = []
  if (!question.required) kinds.push('optional')
  if (question.type === 'short_answer') {
    if (!question.accentsMatter) kinds.push('accents')
    if (!question.caseMatters && question.accepted.some((one) => 'text' in one && one.wildcard))
      kinds.push('wildcardCase')
    const ranges = question.accepted.filter((one) => 'min' in one).length
    if (ranges > 0 && ranges < question.accepted.length) kinds.push('rangeBesideTexts')
  }
  if (picturesOf(question).some((image) => bytesOf(image) === undefined)) kinds.push('pictureMissing')
  return kinds.map((kind) => ({ question: place, kind }))
}
