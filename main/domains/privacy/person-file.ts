import { strToU8, type Zippable, zipSync } from 'fflate'
import type { Id } from '../../../shared/contract/base.ts'
import { safeFileName } from '../../../shared/file-name.ts'
import type { Reader } from '../../database/database.ts'
import { piecesOf } from '../documents/contents.ts'
import { contentBytes } from '../documents/queries.ts'
import { annotations } from './annotations.ts'
import { rowsOfPerson } from './rows.ts'

type Rows = Awaited<ReturnType<typeof rowsOfPerson>>

/** All that is stored of a person as one ZIP: for programs, for people, and their documents as files. */
export async function personFile(db: Reader, person: Id, takenAt: string): Promise<Uint8Array> {
  const rows = await rowsOfPerson(db, person)
  const data = { takenAt, tables: Object.fromEntries(rows) }
  const files: Zippable = {
    'data.json': strToU8(JSON.stringify(data, null, 2)),
    'data.html': strToU8(readable(rows, takenAt)),
    ...(await documentsIn(db, rows)),
  }
  return zipSync(files, { level: 6, mtime: new Date(takenAt) })
}

/** Bytes of documents that go into the copy, which is made in memory; what does not fit is named in it. */
const mostDocumentBytes = 64 * 1024 ** 2

async function documentsIn(db: Reader, rows: Rows): Promise<Zippable> {
  const files: Zippable = {}
  const left: string[] = []
  let room = mostDocumentBytes
  for (const { id, filename, file_path, file_size } of rows.get('documents') ?? []) {
    const name = `${String(id)}-${safeFileName(String(filename))}`
    const bytes = Number(file_size) <= room ? await bytesOf(db, String(file_path)) : undefined
    if (bytes) {
      files[`documents/${name}`] = bytes
      room -= bytes.length
    } else left.push(name)
  }
  if (left.length > 0) files['documents/not-in-this-file.txt'] = strToU8(leftOut(left))
  return files
}

/** Undefined where a part of it has not reached this machine. */
async function bytesOf(db: Reader, path: string): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  for (const digest of await piecesOf(db, path)) {
    const bytes = await contentBytes(db, digest)
    if (!bytes) return undefined
    pieces.push(bytes)
  }
  return pieces.length > 0 ? Buffer.concat(pieces) : undefined
}

function leftOut(names: string[]): string {
  return `These files are too large for this copy, or are on another computer. Save them under Documents and add them:\n${names.join('\n')}\n`
}

function readable(rows: Rows, takenAt: string): string {
  const sections = [...rows].map(([table, found]) => section(table, found))
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Personal data</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin-block-end:1rem}th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;overflow-wrap:anywhere}th{font-weight:500;color:#555}</style>
<h1>Personal data</h1><p>As stored on ${escaped(takenAt)}.</p>
${sections.join('\n')}</html>\n`
}

function section(table: string, found: Record<string, unknown>[]): string {
  const purpose = Object.entries(annotations).find(([name]) => name === table)?.[1].purpose ?? ''
  const tables = found.map((row) => {
    const lines = Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          `<tr><th scope="row">${escaped(name.replaceAll('_', ' '))}</th><td>${escaped(worded(value))}</td></tr>`,
      )
    return `<table>${lines.join('')}</table>`
  })
  return `<section><h2>${escaped(table.replaceAll('_', ' '))}</h2><p>Purpose: ${escaped(purpose)}.</p>${tables.join('')}</section>`
}

function worded(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
