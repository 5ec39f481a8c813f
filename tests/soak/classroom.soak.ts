import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { freemem, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { ownNetworks } from '../../main/domains/classroom/networks.ts'
import { findBrowser } from '../../scripts/browser.mjs'
import { percentile, report } from '../bench/measure.ts'
import { type ProgramProcess, startProgram } from '../e2e/program.ts'
import { newProfile } from '../e2e/screen.ts'
import { password, shortAnswer } from '../support/centre.ts'
import { preparedClass } from '../support/class.ts'
import { clientAt } from '../support/host.ts'

/** `BDC_SOAK_SEATS` browsers at most, for `BDC_SOAK_MINUTES` minutes; the laptop is killed once in the middle. */
const wantedSeats = Number(process.env.BDC_SOAK_SEATS ?? 60)
const minutes = Number(process.env.BDC_SOAK_MINUTES ?? 3)
/** Each browser context takes about 100 MB; what the machine has is left to the program under test. */
const leastFree = 0.15
const pauseMs = 6_000
const questions = Array.from({ length: 10 }, (_, index) => ({ ...shortAnswer, text: `Question ${index + 1}?` }))

interface Seat {
  context: BrowserContext
  page: Page
  /** What was typed last, by the number of its question. */
  typed: Map<number, string>
  at: number
  errors: string[]
}

async function sitDown(context: BrowserContext, entrance: string, number: number): Promise<Seat> {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(entrance)
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('button', { name: `Learner Number${number}`, exact: true }).click()
  await page
    .getByRole('button', { name: /^Begin/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Begin now' }).click()
  await page.getByRole('textbox').waitFor()
  return { context, page, typed: new Map(), at: 0, errors }
}

/** Types an answer, waits until the page calls it saved, and turns to the next question. Returns the milliseconds until saved. */
async function answerOne(seat: Seat, turn: number): Promise<number> {
  const text = `answer ${turn}`
  await seat.page.getByRole('textbox').fill(text)
  const begin = performance.now()
  await seat.page.getByText('Saved', { exact: true }).first().waitFor({ timeout: 60_000 })
  seat.typed.set(seat.at, text)
  const took = performance.now() - begin
  const isLast = seat.at === questions.length - 1
  await seat.page.getByRole('button', { name: isLast ? 'Previous' : 'Next' }).click()
  seat.at += isLast ? -1 : 1
  return took
}

function residentMb(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

const [network] = ownNetworks()
const executablePath = findBrowser()
if (!network || !executablePath) throw new Error('A long run needs a network and a browser of the Chromium family.')
const dataDir = mkdtempSync(join(tmpdir(), 'bdc-soak-'))
const { email, assessmentId } = await preparedClass(dataDir, wantedSeats, questions)
let program: ProgramProcess = await startProgram(dataDir)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] })
const problems: string[] = []
try {
  const trainer = clientAt(program.url)
  await trainer.identity.signIn({ email, password })
  await trainer.classroom.start({ assessmentIds: [assessmentId], address: network.address, port: 0 })

  const seats: Seat[] = []
  for (let number = 1; number <= wantedSeats; number += 1) {
    if (freemem() / totalmem() < leastFree) break
    const room = await trainer.classroom.current()
    const entrance = `${room?.addresses[0]}/#/join?code=${room?.code}`
    seats.push(await sitDown(await newProfile(browser, { width: 390, height: 844 }), entrance, number))
  }
  report('soak: browsers in the room', { wanted: wantedSeats, carried: seats.length })

  const saved: number[] = []
  const end = performance.now() + minutes * 60_000
  const killed = pause((minutes * 60_000) / 2).then(async () => {
    const before = residentMb(program.pid)
    await program.kill()
    program = await startProgram(dataDir, program.port)
    return before
  })
  await Promise.all(
    seats.map(async (seat, index) => {
      for (let turn = 1; performance.now() < end; turn += 1) {
        await pause(Math.random() * 2 * pauseMs)
        saved.push(await answerOne(seat, turn).catch((error: unknown) => failed(`seat ${index + 1}: ${String(error)}`)))
      }
    }),
  )
  const beforeKillMb = await killed
  await pause(3_000)

  let lost = 0
  // The trainer's own screen has locked itself while nobody touched it.
  await trainer.identity.unlock({ password })
  const reports = await trainer.classroom.seats()
  for (const seat of seats) {
    const attemptId = Number(/\/learn\/(\d+)/.exec(seat.page.url())?.[1])
    const stored = await seat.page.evaluate(async (id) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ json: { attemptId: id } })
      for (let tries = 1; ; tries += 1) {
        const response = await fetch('/rpc/delivery/attempt', { method: 'POST', headers, body }).catch(() => null)
        if (response?.ok) {
          return (await response.json()).json as {
            questions: { id: number }[]
            answers: { questionId: number; answer: string }[]
          }
        }
        if (tries === 30) throw new Error(`The room does not say what it has: ${response?.status}`)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
    }, attemptId)
    for (const [at, text] of seat.typed) {
      const questionId = stored.questions[at]?.id
      if (stored.answers.find((one) => one.questionId === questionId)?.answer !== text) lost += 1
    }
    problems.push(...seat.errors)
  }
  report('soak: answers of real browsers, the laptop killed once', {
    seats: seats.length,
    present: reports.filter(({ state }) => state === 'present' || state === 'idle').length,
    saves: saved.length,
    p50Ms: Math.round(percentile(saved, 50)),
    p99Ms: Math.round(percentile(saved, 99)),
    lost,
    residentMb: { beforeKill: beforeKillMb, atEnd: residentMb(program.pid) },
  })
  if (lost > 0) problems.push(`${lost} answers are lost`)
  if (reports.length !== seats.length || seats.length < 1) problems.push('a seat is missing in the live view')
} finally {
  await browser.close()
  await program[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true, force: true })
}
for (const problem of problems) console.error(`FAILED: ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

function failed(problem: string): number {
  problems.push(problem)
  return Number.NaN
}
