import type { fileFormats } from '../../../shared/contract/imports.ts'
import type { ReadContext } from '../../context.ts'
import { readGift as parseGift } from './gift.ts'
import { readMoodleXml } from './moodle-xml.ts'
import { readQti } from './qti.ts'

export async function readGift(_: ReadContext, { text }: { text: string }) {
  return parseGift(text)
}

export async function readFile(_: ReadContext, { base64 }: { base64: string }) {
  const bytes = Buffer.from(base64, 'base64')
  const format = formatOf(bytes)
  const { pictures, ...file } = await (format === 'qti' ? readQti(bytes) : readMoodleXml(bytes))
  const shown = [...pictures].map(([image, content]) => ({ image, base64: Buffer.from(content).toString('base64') }))
  return { format, ...file, pictures: shown }
}

/** Only the beginning tells: a package is a ZIP archive, Moodle's files have their quiz around everything. */
function formatOf(bytes: Buffer): (typeof fileFormats)[number] {
  const beginning = bytes.toString('latin1', 0, 4096).replaceAll('\0', '')
  return !beginning.startsWith('PK') && /<quiz[\s>/]/.test(beginning) ? 'moodle_xml' : 'qti'
}
