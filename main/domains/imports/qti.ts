import type { ImportProblem } from '../../../shared/contract/imports.ts'
import { breather } from '../../breather.ts'
import { elementBlocks } from './element-blocks.ts'
import { type Finding, skipped } from './finding.ts'
import type { QuestionFileWithPictures } from './moodle-xml.ts'
import { folderOf, itemsAmong, itemsOf, type ManifestItem, pathFrom } from './qti-manifest.ts'
import { questionFrom, titleOf } from './qti-question.ts'
import { qtiTexts } from './qti-texts.ts'
import { asQti2 } from './qti-xml.ts'
import { hasDeclarations, parseXml, type XmlElement } from './xml.ts'
import { xmlTextOf } from './xml-text.ts'
import { readZip, type ZipFiles } from './zip.ts'

const mostBytesOfItem = 8 * 1024 * 1024
const mostItems = 5_000
/** A manifest of a few hundred items. */
const mostBytesAtOnce = 100 * 1024

/**
 * Reads a QTI 2.1, 2.2 or 3.0 item, or a package of them (https://www.imsglobal.org/spec/qti/v3p0/impl). Whatever
 * cannot be read is a problem in the result, with its file at the beginning of the excerpt; nothing is thrown.
 */
export async function readQti(bytes: Uint8Array): Promise<QuestionFileWithPictures> {
  const file: QuestionFileWithPictures = { questions: [], problems: [], pictures: new Map() }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) await readPackage(bytes, file)
  else readItem(bytes, { path: '', filing: {}, line: 1 }, new Map(), file)
  return file
}

const wanted = /\.(xml|png|jpe?g|gif|webp)$/i

async function readPackage(bytes: Uint8Array, file: QuestionFileWithPictures): Promise<void> {
  const zip = await readZip(bytes, (path) => wanted.test(path))
  if ('refusal' in zip) return tell(file, 1, '', [skipped('syntax', zip.refusal)])
  const breathe = breather()
  const items = await itemsIn(zip.files, file, breathe)
  if (items.length === 0 && file.problems.length === 0) tell(file, 1, '', [skipped('noAnswer', 'no item')])
  for (const [index, item] of items.entries()) {
    await breathe()
    if (index >= mostItems) return tell(file, 1, item.path, [skipped('tooLong', `more than ${mostItems} items`)])
    const content = zip.files.get(item.path)
    if (content) readItem(content, item, zip.files, file)
    else tell(file, item.line, item.path, [skipped('syntax', 'the file is missing')])
  }
}

/** What the manifest names; without one, every file that holds an item. */
async function itemsIn(
  files: ZipFiles,
  file: QuestionFileWithPictures,
  breathe: () => Promise<void>,
): Promise<ManifestItem[]> {
  const paths = [...files.keys()]
  const [manifest] = paths
    .filter((path) => /(^|\/)imsmanifest\.xml$/i.test(path))
    .toSorted((one, other) => one.split('/').length - other.split('/').length)
  if (manifest === undefined) {
    return paths.filter((path) => holdsItem(files.get(path))).map((path) => ({ path, filing: {}, line: 1 }))
  }
  const content = files.get(manifest) ?? new Uint8Array()
  if (content.length > mostBytesAtOnce) return itemsOneByOne(content, manifest, file, breathe)
  const read = rootOf(content)
  if ('root' in read) return itemsOf(read.root, folderOf(manifest))
  tell(file, read.line, manifest, [skipped('syntax', read.message)])
  return []
}

/** The items of a manifest that would hold the process if it were read as a whole. */
async function itemsOneByOne(
  content: Uint8Array,
  path: string,
  file: QuestionFileWithPictures,
  breathe: () => Promise<void>,
): Promise<ManifestItem[]> {
  const decoded = textOf(content)
  if ('message' in decoded) {
    tell(file, decoded.line, path, [skipped('syntax', decoded.message)])
    return []
  }
  if (hasDeclarations(decoded.text)) {
    tell(file, 1, path, [skipped('syntax', 'a DOCTYPE with declarations')])
    return []
  }
  const items: ManifestItem[] = []
  for (const { xml, line } of elementBlocks(decoded.text, 'resource')) {
    await breathe()
    const parsed = parseXml(xml, line)
    if ('root' in parsed) items.push(...itemsAmong([parsed.root], folderOf(path)))
    else tell(file, parsed.error.line, path, [skipped('syntax', parsed.error.message)])
    if (items.length > mostItems || file.problems.length > mostItems) break
  }
  return items
}

function holdsItem(content: Uint8Array | undefined): boolean {
  const beginning = new TextDecoder().decode(content?.subarray(0, 2_000))
  return /<([\w-]+:)?(assessmentItem|qti-assessment-item)[\s/>]/.test(beginning)
}

function readItem(content: Uint8Array, item: ManifestItem, files: ZipFiles, file: QuestionFileWithPictures): void {
  const read = rootOf(content)
  if ('message' in read) return tell(file, read.line, item.path, [skipped('syntax', read.message)])
  const root = asQti2(read.root)
  if (root.name !== 'assessmentItem') {
    return tell(file, root.line, item.path, [skipped('unsupportedType', root.name.slice(0, 100))])
  }
  const folder = folderOf(item.path)
  const texts = qtiTexts(file.pictures, (path) => files.get(pathFrom(folder, path)))
  const { question, findings } = questionFrom(root, item.filing, texts)
  if (question) file.questions.push({ line: root.line, question })
  tell(file, root.line, excerptOf(item.path, root), findings)
}

function textOf(content: Uint8Array): { text: string } | { line: number; message: string } {
  if (content.length > mostBytesOfItem) return { line: 1, message: `${content.length} bytes` }
  const decoded = xmlTextOf(content)
  return 'error' in decoded ? decoded.error : decoded
}

function rootOf(content: Uint8Array): { root: XmlElement } | { line: number; message: string } {
  const decoded = textOf(content)
  if ('message' in decoded) return decoded
  const parsed = parseXml(decoded.text)
  return 'error' in parsed ? parsed.error : parsed
}

function tell(file: QuestionFileWithPictures, line: number, excerpt: string, findings: Finding[]): void {
  file.problems.push(...findings.map((finding): ImportProblem => ({ line, ...finding, excerpt })))
}

function excerptOf(path: string, root: XmlElement): string {
  const title = titleOf(root).replace(/\s+/g, ' ').trim()
  const short = title.length > 100 ? `${title.slice(0, 99).toWellFormed()}…` : title
  return path === '' ? short : `${path}: ${short}`
}
