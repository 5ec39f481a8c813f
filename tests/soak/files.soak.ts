import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ORPCError } from '@orpc/client'
import { DiskTrouble } from '../../shared/contract/base.ts'
import { maxDocumentBytes, pieceBytes } from '../../shared/contract/documents.ts'
import { type ProgramProcess, startProgram } from '../e2e/program.ts'
import { noise } from '../support/documents.ts'
import { clientAt, type HttpClient, newBrowser } from '../support/host.ts'

/**
 * A file as large as documents take goes in piece by piece; in the middle the program is killed, or its disk is full; it
 * goes on where it was, and comes out the same. Prints how long that took and how much memory the program had at most.
 */
const { values } = parseArgs({ options: { bytes: { type: 'string', default: String(maxDocumentBytes) } } })
const size = Number(values.bytes)
const pieces = Math.ceil(size / pieceBytes)
const middle = Math.floor(pieces / 2)
const account = { email: 'ada@example.org', password: 'a long password 7' }

const sample = noise(pieceBytes)

/** The same in each run and no two alike, made when it is wanted, so that this process needs no room for it. */
function piece(position: number): Buffer {
  const bytes = Buffer.from(sample.subarray(0, Math.min(pieceBytes, size - position * pieceBytes)))
  bytes.fill(String(position), 0, Math.min(64, bytes.length))
  return bytes
}

interface Run {
  program: ProgramProcess
  client: HttpClient
  uploadId: string
  /** How many pieces the program has said to be stored. */
  stored: number
  /** Of the program, at most, over all its lives. */
  peakMiB: number
}

const trials = [
  ['killed in the middle', inFolder, killed],
  ['disk full in the middle', onOwnDisk, withoutRoom],
] as const
for (const [name, placeFor, trouble] of trials) await outAndIn(name, placeFor, trouble)

/** While the next piece is on its way. */
async function killed(run: Run, folder: string) {
  const onItsWay = sendNext(run).catch(() => {})
  run.peakMiB = Math.max(run.peakMiB, peakOf(run.program))
  await run.program.kill()
  await onItsWay
  run.program = await startProgram(folder, run.program.port)
}

/** Somebody else fills the disk, and makes room again. */
async function withoutRoom(run: Run, folder: string) {
  const filler = join(folder, '..', 'filler')
  fill(filler)
  // What the program has of the disk already takes a few more.
  while (await isTaken(run)) if (run.stored === pieces) throw new Error('The disk was never full.')
  if (await isTaken(run)) throw new Error('A piece was taken though there is no room for it.')
  rmSync(filler)
}

/** @throws for anything but a full disk. */
function fill(path: string) {
  const [file, some] = [openSync(path, 'w'), Buffer.alloc(65_536, 7)]
  try {
    for (;;) writeSync(file, some)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}

function inFolder(place: string) {
  return { folder: join(place, 'data'), leave: () => {} }
}

/** A disk of its own in memory, with room for the file; nothing where nobody may make one. */
function onOwnDisk(place: string) {
  const options = `size=${Math.ceil(size / 2 ** 20) + 1300}m`
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status !== 0) return undefined
  return { folder: join(place, 'data'), leave: () => void spawnSync('umount', ['--lazy', place]) }
}

type PlaceFor = (place: string) => { folder: string; leave: () => void } | undefined
type Trouble = (run: Run, folder: string) => Promise<void>

async function outAndIn(name: string, placeFor: PlaceFor, trouble: Trouble) {
  const place = mkdtempSync(join(tmpdir(), 'bdc-soak-files-'))
  const disk = placeFor(place)
  try {
    if (disk) await outAndInAt(name, disk.folder, trouble)
    else process.stdout.write(`Not tried: ${name}, for only root may make a disk.\n`)
  } finally {
    disk?.leave()
    rmSync(place, { recursive: true, force: true })
  }
}

async function outAndInAt(name: string, folder: string, trouble: Trouble) {
  const run = await signedIn(await startProgram(folder))
  try {
    const began = performance.now()
    while (run.stored < middle) await sendNext(run)
    await trouble(run, folder)
    const arrived = (await run.client.documents.arrived({ uploadId: run.uploadId })).length
    const isKept = arrived === run.stored || arrived === run.stored + 1
    run.stored = arrived
    while (run.stored < pieces) await sendNext(run)
    const { id } = await run.client.documents.finishUpload({ uploadId: run.uploadId })
    const inSeconds = secondsSince(began)
    const read = performance.now()
    const came = await digestOf((position) => outOf(run, id, position))
    const isSame = came === (await digestOf(async (position) => piece(position)))
    const facts = { bytes: size, pieces, arrived, inSeconds, outSeconds: secondsSince(read), isSame, sha256: came }
    const peakMiB = Math.max(run.peakMiB, peakOf(run.program))
    process.stdout.write(`${JSON.stringify({ soak: 'files', run: name, ...facts, peakMiB })}\n`)
    // What was answered as stored is there, and at most the one that was on its way.
    if (!isSame || !isKept) process.exitCode = 1
  } finally {
    await run.program[Symbol.asyncDispose]()
  }
}

async function signedIn(program: ProgramProcess): Promise<Run> {
  try {
    const client = clientAt(program.url, newBrowser())
    await client.setup.createCentre({ organizationName: 'Soak', adminName: 'Ada Admin', ...account })
    await client.identity.signIn(account)
    const { uploadId } = await client.documents.beginUpload({ filename: 'film.mp4', size })
    return { program, client, uploadId, stored: 0, peakMiB: 0 }
  } catch (error) {
    await program[Symbol.asyncDispose]()
    throw error
  }
}

async function sendNext(run: Run) {
  const [{ client, uploadId }, position] = [run, run.stored]
  await client.documents.sendPiece({ uploadId, position, base64: piece(position).toString('base64') })
  run.stored++
}

/** Whether the next piece was stored; @throws when it is refused for anything but a full disk. */
async function isTaken(run: Run): Promise<boolean> {
  try {
    await sendNext(run)
    return true
  } catch (error) {
    const trouble = error instanceof ORPCError ? DiskTrouble.safeParse(error.data) : undefined
    if (!trouble?.success || trouble.data.disk !== 'full') throw error
    return false
  }
}

async function digestOf(read: (position: number) => Promise<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for (let position = 0; position < pieces; position++) hash.update(await read(position))
  return hash.digest('hex')
}

async function outOf({ client }: Run, id: number, position: number): Promise<Buffer> {
  return Buffer.from((await client.documents.piece({ id, position })).base64, 'base64')
}

function peakOf({ pid }: ProgramProcess): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10
}
