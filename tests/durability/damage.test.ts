import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyFile } from '../../main/database/key.ts'
import { type Connection, openConnection } from '../../main/database/open.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { essay, publishedAssessment, seatedKiosk, testCentre } from '../support/centre.ts'
import { ramFolder } from '../support/ram-folder.ts'
import { chanceFrom } from './chance.ts'
import { answerOf } from './marks.ts'

const flips = 2_000
const seed = String(Date.now())
const saves = 12
/** Of the log (https://sqlite.org/walformat.html): its head, the head of each frame, and the page in it. */
const [headSize, frameHeadSize, pageSize] = [32, 24, 4096]
const frameSize = frameHeadSize + pageSize

interface Stored {
  path: string
  key: Buffer
  /** The log of some answers, one after the other, each a commit of its own. */
  log: Buffer
  /** How long the log was when each answer was acknowledged. */
  acknowledgedAt: number[]
}

describe('a damaged disk', () => {
  let app: TestApp
  let stored: Stored
  const folder = mkdtempSync(join(ramFolder, 'bdc-damage-'))
  beforeAll(async () => {
    app = await testApp()
    stored = await answeredOneByOne(app)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await app[Symbol.asyncDispose]()
  })

  it(`that lost the end of the log leaves the answers up to there, and nothing else: cut everywhere`, () => {
    const path = join(folder, 'bdc.db')
    const lengths = cuts(stored.log.length)
    expect(lengths.length).toBeGreaterThan(2_000)
    const seen = new Set<number>()
    for (const length of lengths) {
      copyFileSync(stored.path, path)
      writeFileSync(`${path}-wal`, stored.log.subarray(0, length))
      const connection = openConnection(path, stored.key)
      const found = answersIn(connection)
      connection.close()
      const kept = stored.acknowledgedAt.filter((end) => end <= length).length
      expect({ length, found }).toEqual({ length, found: answersAfter(kept) })
      seen.add(kept)
    }
    expect(seen.size).toBe(saves + 1)
  }, 300_000)

  it(`that flipped one bit is found out in ${flips} of ${flips} places (seed ${seed})`, async () => {
    await app.pause()
    const path = join(folder, 'bdc.db')
    // Packed, so that no page is a free one whose content means nothing.
    const connection = openConnection(stored.path, stored.key)
    connection.exec('VACUUM')
    connection.pragma('wal_checkpoint(TRUNCATE)')
    connection.close()
    const bytes = readFileSync(stored.path)
    const chance = chanceFrom(`flips ${seed}`)
    const unseen: number[] = []
    for (let flip = 0; flip < flips; flip++) {
      const bit = chance.below(bytes.length * 8)
      const damaged = Buffer.from(bytes)
      damaged[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(path, damaged)
      if (isWhole(path, stored.key)) unseen.push(bit)
    }
    expect(unseen).toEqual([])
    writeFileSync(path, bytes)
    expect(isWhole(path, stored.key)).toBe(true)
  }, 300_000)
})

/** Answers of one learner to two questions by turns; the log is taken before anything empties it. */
async function answeredOneByOne(app: TestApp): Promise<Stored> {
  const { admin } = await testCentre(app)
  const { id: assessmentId } = await publishedAssessment(admin, [essay, essay])
  const { kiosk } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const { questions } = await kiosk.delivery.attempt({ attemptId })
  await app.restart()
  const path = join(app.dataDir, 'bdc.db')
  const acknowledgedAt: number[] = []
  for (let edit = 1; edit <= saves; edit++) {
    const questionId = questions[edit % 2]?.id ?? 0
    await kiosk.delivery.saveAnswer({ attemptId, questionId, answer: answerOf(edit), edit })
    acknowledgedAt.push(statSync(`${path}-wal`).size)
  }
  const copy = `${path}.before`
  copyFileSync(path, copy)
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  if (!key) throw new Error('The key is not there.')
  return { path: copy, key, log: readFileSync(`${path}-wal`), acknowledgedAt }
}

/** Every 64th byte, and around the end of each frame. */
function cuts(length: number): number[] {
  const lengths = new Set<number>()
  for (let at = 0; at <= length; at += 64) lengths.add(at)
  for (let end = headSize; end <= length; end += frameSize) for (const at of [end - 1, end, end + 1]) lengths.add(at)
  return [...lengths].filter((at) => at <= length).sort((a, b) => a - b)
}

function answersIn(connection: Connection): string[] {
  return connection.prepare<[], string>('SELECT answer FROM responses ORDER BY edit').pluck().all()
}

function answersAfter(edits: number): string[] {
  return [edits - 1, edits].filter((edit) => edit > 0).map(answerOf)
}

function isWhole(path: string, key: Buffer): boolean {
  try {
    const connection = openConnection(path, key, { readonly: true })
    try {
      return connection.pragma('integrity_check(1)', { simple: true }) === 'ok'
    } finally {
      connection.close()
    }
  } catch {
    return false
  }
}
