import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { type Connection, openConnection } from '../database/open.ts'
import { freeBytesOf } from '../database/safe-copy.ts'
import { carryContents } from './contents/carry.ts'
import { contentLine } from './contents/line.ts'
import { nextDue } from './contents/notes.ts'
import { replicaOf } from './replica.ts'
import { type Outcome, type Progress, runRound } from './round.ts'
import type { Transport } from './wire.ts'

/** The key comes as bytes through memory and is in no argument and no file. */
export interface SyncWorkerInput {
  path: string
  key: Uint8Array
  /** The version of this program. */
  app: string
  /** See `DatabaseFile.underWay`. */
  underWay: Int32Array<SharedArrayBuffer>
}

type OpenTransport = (connection: Connection) => Transport | undefined

export type SyncMessage = { progress: Progress } | { outcome: Outcome } | { failed: string } | { troubled: string }

/** What a person saves goes first; this thread has time. */
function waitWhile(underWay: Int32Array<SharedArrayBuffer>) {
  for (let writes = Atomics.load(underWay, 0); writes > 0; writes = Atomics.load(underWay, 0))
    Atomics.wait(underWay, 0, writes, 100)
}

/**
 * As many rows in one transaction as are written in a few milliseconds, and time between two of them: nobody who saves
 * something waits longer than that.
 */
const [writeRows, writeMs] = [100, 8]
const restMs = 1
/** How often contents are tried again between two rounds, which are a minute apart: a line may cost money. */
const [soonMs, mostTries] = [30_000, 3]

/** What a thread does whose module calls this; elsewhere, where it is loaded for its types, nothing. */
export function agreeInThisThread(open: OpenTransport) {
  if (!isMainThread && parentPort && isInput(workerData)) work(workerData, open)
}

function isInput(data: unknown): data is SyncWorkerInput {
  return typeof data === 'object' && data !== null && 'path' in data && 'app' in data
}

function work({ path, key, app, underWay }: SyncWorkerInput, open: OpenTransport) {
  const connection = openConnection(path, Buffer.from(key))
  const replica = replicaOf(connection, () => waitWhile(underWay))
  const say = (message: SyncMessage) => parentPort?.postMessage(message)
  const rest = () => pause(restMs)
  let transport: Transport | undefined
  /** Rounds that were asked for and have not begun, and the end. */
  let asked = 0
  const line = contentLine({ wait: (ms) => pause(ms), isOver: () => asked > 0 })

  async function round() {
    asked -= 1
    try {
      transport ??= open(connection)
      if (!transport) return say({ outcome: 'notEnrolled' })
      const onProgress = (progress: Progress) => say({ progress })
      const outcome = await runRound({
        replica,
        transport,
        clock: systemClock,
        random: randomBytes,
        app,
        writeRows,
        writeMs,
        rest,
        onProgress,
      })
      say({ outcome })
      tries = 0
      if (outcome === 'done') await carry(transport)
    } catch (error) {
      say({ failed: textOf(error) })
    }
  }

  let again: NodeJS.Timeout | undefined
  let tries = 0

  /** Contents follow the rows, and stand back as soon as a round is asked for, which ends in them again. */
  async function carry({ contents: way }: Transport) {
    clearTimeout(again)
    if (!way) return
    const freeBytes = () => freeBytesOf(dirname(path))
    try {
      if ((await carryContents({ replica, way, line, clock: systemClock, freeBytes })) === 'done') carryLater()
    } catch (error) {
      say({ troubled: textOf(error) })
    }
  }

  /** What another computer is still sending comes before the next round does. */
  function carryLater() {
    const due = nextDue(replica)
    if (due === undefined || tries === mostTries) return
    const inMs = Math.max(0, due - systemClock.now().getTime())
    if (inMs > soonMs) return
    tries += 1
    again = setTimeout(() => {
      rounds = rounds.then(async () => transport && carry(transport))
    }, inMs)
  }

  let rounds: Promise<unknown> = Promise.resolve()
  parentPort?.on('message', (message: 'round' | 'way' | 'end') => {
    if (message === 'way') rounds = rounds.then(forgetWay)
    if (message === 'way') return
    asked += 1
    if (message === 'round') rounds = rounds.then(round)
    else void rounds.then(end)
  })

  /** The next round reads anew which way there is. */
  async function forgetWay() {
    await transport?.close().catch(() => undefined)
    transport = undefined
  }

  async function end() {
    clearTimeout(again)
    await transport?.close()
    connection.close()
    parentPort?.close()
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message}` : 'unknown'
}
