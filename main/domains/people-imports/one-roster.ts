import { breather } from '../../breather.ts'
import { csvRows } from '../imports/csv.ts'
import { decodeText } from '../imports/decode-text.ts'
import type { SheetRow } from '../imports/sheet.ts'
import { readZip } from '../imports/zip.ts'

const wanted = /^(?:users|classes|enrollments|demographics|manifest|orgs)\.csv$/i
const megaByte = 1024 * 1024
const limits = { mostBytesInAll: 96 * megaByte, mostBytesInFile: 48 * megaByte }

/** Whether a ZIP archive is a set of OneRoster files: their names stand in it in plain letters. */
export function isOneRoster(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('users.csv')
}

const heads = ['number', 'first name', 'last name', 'email', 'phone', 'date of birth', 'group']

/**
 * The learners of a set of OneRoster files (IMS OneRoster 1.1 and 1.2, CSV binding) as one list: users with the role of
 * a student and their classes; who is marked to be deleted, and teachers, are left out.
 */
export async function oneRosterRows(bytes: Uint8Array): Promise<AsyncGenerator<SheetRow> | { refusal: string }> {
  const zip = await readZip(bytes, (path) => wanted.test(path), limits)
  if ('refusal' in zip) return zip
  const texts = new Map([...zip.files].map(([path, content]) => [path.toLowerCase(), decodeText(content).text]))
  const users = texts.get('users.csv')
  if (users === undefined) return { refusal: 'zip' }
  return learners(users, texts)
}

async function* learners(users: string, texts: ReadonlyMap<string, string>): AsyncGenerator<SheetRow> {
  const classes = await classesOf(texts)
  const births = new Map<string, string>()
  for await (const { value } of records(texts.get('demographics.csv'))) {
    births.set(value('sourcedid'), value('birthdate'))
  }
  yield { number: 1, cells: heads }
  for await (const { line, value } of records(users)) {
    if (value('role') !== '' && value('role').toLowerCase() !== 'student') continue
    if (value('status').toLowerCase() === 'tobedeleted') continue
    const id = value('sourcedid')
    const cells = [
      value('identifier') || id,
      value('givenname'),
      value('familyname'),
      value('email'),
      value('phone') || value('sms'),
      births.get(id) ?? '',
      (classes.get(id) ?? []).join(';'),
    ]
    yield { number: line, cells }
  }
}

/** The names of the classes of each user, by its id. */
async function classesOf(texts: ReadonlyMap<string, string>): Promise<Map<string, string[]>> {
  const titles = new Map<string, string>()
  for await (const { value } of records(texts.get('classes.csv'))) titles.set(value('sourcedid'), value('title'))
  const classes = new Map<string, string[]>()
  for await (const { value } of records(texts.get('enrollments.csv'))) {
    const title = titles.get(value('classsourcedid'))
    if (title === undefined || value('status').toLowerCase() === 'tobedeleted') continue
    const user = value('usersourcedid')
    classes.set(user, [...(classes.get(user) ?? []), title.replaceAll(';', ',')])
  }
  return classes
}

interface Record {
  line: number
  /** What stands under a head, written small. */
  value: (head: string) => string
}

async function* records(text: string | undefined): AsyncGenerator<Record> {
  if (text === undefined) return
  const breathe = breather()
  let places: Map<string, number> | undefined
  for await (const { number: line, cells, broken } of csvRows(text, (head) => /sourcedid|name|role/i.test(head))) {
    await breathe()
    if (broken !== undefined) continue
    if (places) {
      const under = places
      yield { line, value: (head) => (cells[under.get(head) ?? -1] ?? '').trim() }
    } else places = new Map(cells.map((cell, place) => [cell.trim().toLowerCase(), place]))
  }
}
