import { readFile } from 'node:fs/promises'
import type { BrowserContext } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { choice, essay, shortAnswer } from '../support/centre.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { barriersOn } from './barriers.ts'
import { clientOf } from './practice.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const password = 'correct horse'
const questions: Question[] = [
  { ...choice, category: 'Numbers', required: false },
  { ...shortAnswer, category: 'Geography' },
  { ...essay, category: 'Numbers' },
]

/** Calls the door as a page would, with the cookie of its profile. */
async function call<Answer>({ page }: Screen, procedure: string, input?: unknown): Promise<Answer> {
  const { status, body } = await page.evaluate(
    async ([path, json]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`/rpc/${path}`, { method: 'POST', headers, body: JSON.stringify({ json }) })
      return { status: response.status, body: (await response.json()) as { json: unknown } }
    },
    [procedure, input] as const,
  )
  expect({ procedure, status }).toEqual({ procedure, status: 200 })
  return body.json as Answer
}

async function signedIn(profile: BrowserContext, email: string): Promise<Screen> {
  const screen = await openScreen(profile)
  await clientOf(profile, stage.program.url).identity.signIn({ email, password })
  await screen.page.goto(stage.program.url)
  return screen
}

/** A centre with two trainers and three learners who have handed in; the short answers are Paris, Paname and London. */
async function handedIn() {
  const screen = await openScreen(await newProfile(stage.browser, { width: 1280, height: 900 }))
  onTestFailed(() => screen.explain('failed'))
  await screen.page.goto(stage.program.url)
  const ada = { organizationName: 'Centre', adminName: 'Ada Admin', email: 'ada@example.org', password }
  await call(screen, 'setup/createCentre', ada)
  const tom = { name: 'Tom Trainer', email: 'tom@example.org', role: 'trainer', password }
  await call(screen, 'identity/createUser', tom)
  const { id } = await call<{ id: number }>(screen, 'assessments/create', {
    title: 'Numbers and places',
    type: 'formative',
    passingScore: 60,
  })
  const { questionIds } = await call<{ questionIds: number[] }>(screen, 'assessments/addQuestions', { id, questions })
  await screen.page.reload()
  await screen.page.goto(`${stage.program.url}/#/assessments/${id}`)
  await screen.page.getByRole('button', { name: 'Publish' }).click()
  await screen.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await screen.page.getByRole('link', { name: 'Class report' }).waitFor()

  const kiosk = await signedIn(await newProfile(stage.browser), tom.email)
  const people: number[] = []
  for (const name of ['Lina Learner', 'Omar Other', 'Sami Slow', 'Nour Nowhere']) {
    people.push((await call<{ id: number }>(screen, 'beneficiaries/create', { name })).id)
  }
  await call(kiosk, 'identity/openKiosk')
  const attempts: number[] = []
  for (const [index, place] of ['Paris', 'Paname', 'London'].entries()) {
    await call(kiosk, 'delivery/sitDown', { beneficiaryId: people[index] })
    const { attemptId } = await call<{ attemptId: number }>(kiosk, 'delivery/begin', { assessmentId: id })
    const answers = [index === 2 ? 'a' : 'b', place, `I think ${index}`]
    for (const [at, answer] of answers.entries()) {
      await call(kiosk, 'delivery/saveAnswer', { attemptId, questionId: questionIds[at], answer, edit: 1 })
    }
    await call(kiosk, 'delivery/saveAnswer', { attemptId, questionId: questionIds[2], answer: 'Thus.', edit: 2 })
    await call(kiosk, 'delivery/handIn', { attemptId })
    attempts.push(attemptId)
    await call(kiosk, 'delivery/standUp')
  }
  return { screen, kiosk, id, people, attempts }
}

it('takes a trainer from answers without names to the printed report of the class, every open screen following', async () => {
  const { screen, kiosk, id, people, attempts } = await handedIn()
  const { page } = screen
  const { url } = stage.program

  // A second window of the same trainer stays on the class report and is never touched again.
  const watching = await openScreen(page.context())
  await watching.page.goto(`${url}/#/results/class/${id}`)
  const state = (name: string) => watching.page.getByRole('row', { name: new RegExp(name) })
  await state('Lina Learner').getByText('Waiting for grading').waitFor()
  await state('Nour Nowhere').getByText('Missing').waitFor()

  await page.goto(`${url}/#/grading/${id}`)
  await page.getByLabel('Without names').check()
  await page.getByText(/^Learner \d$/).waitFor()
  await expect(page.getByText(/Lina|Omar|Sami/).count()).resolves.toBe(0)
  for (let number = 1; number <= 3; number++) {
    await page.getByLabel(/^Points of/).pressSequentially('4')
    await page.keyboard.press('Enter')
    await page.getByText(`${number} graded`).waitFor()
  }
  await screen.picture('class-graded')
  await state('Lina Learner').getByText('100%').waitFor()
  await state('Sami Slow').getByText('57.1%').waitFor()

  await page.getByRole('button', { name: 'Second opinions…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ask for a second opinion' }).click()
  await page.getByText('3 answers wait for a second opinion.').waitFor()
  await page.getByText('You gave the first mark.').waitFor()
  await screen.picture('second-opinion-asked')
  await state('Lina Learner').getByText('Waiting for grading').waitFor()

  const second = await signedIn(await newProfile(stage.browser), 'tom@example.org')
  await second.page.goto(`${url}/#/grading/${id}?by=learner`)
  for (let number = 1; number <= 3; number++) {
    await second.page.getByLabel(/^Points of/).pressSequentially(number === 1 ? '0' : '4')
    await second.page.keyboard.press('Enter')
    await second.page.getByText(`${number} graded`).waitFor()
  }

  await page.goto(`${url}/#/grading`)
  await page.getByText('1 to decide').waitFor()
  await page.getByRole('link', { name: /^Grade “/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Numbers and places' }).waitFor()
  await screen.settled()
  await screen.picture('decide-between-two-marks')
  expect(await barriersOn(screen.page)).toEqual([])
  await page.getByRole('button', { name: 'Decide for 4 points' }).click()
  await page.getByText('1 graded').waitFor()

  await call(kiosk, 'delivery/sitDown', { beneficiaryId: people[1] })
  await kiosk.page.reload()
  await kiosk.page.goto(`${url}/#/learn/${attempts[1]}`)
  await kiosk.page.getByText(/6 of 7 points/).waitFor()

  await page.goto(`${url}/#/assessments/${id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Correct a key' }).click()
  await page.getByRole('button', { name: 'Correct the key of question 2' }).click()
  await page.getByRole('button', { name: 'Show what changes' }).click()
  await page.getByText(/Nothing in the key is different/i).waitFor()
  await page.getByRole('button', { name: 'Add a text' }).click()
  await page.getByLabel('Right answer 2', { exact: true }).fill('Paname')
  await page.getByRole('button', { name: 'Show what changes' }).click()
  await page.getByText('1 result changes.').first().waitFor()
  await screen.picture('key-preview')
  expect(await barriersOn(screen.page)).toEqual([])
  await page.getByRole('button', { name: 'Correct the key', exact: true }).click()
  await page.getByText('Say why the key is corrected.').waitFor()
  await page.getByLabel('Reason').fill('It is what Parisians say')
  await page.getByRole('button', { name: 'Correct the key', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Correct the key' }).click()
  await page.getByText('Reason: It is what Parisians say').waitFor()
  await page.getByText('1 result changed.').click()
  await screen.picture('key-corrected')
  await state('Omar Other').getByText('100%').waitFor()
  await kiosk.page.getByText(/7 of 7 points/).waitFor()

  await page.goto(`${url}/#/results/${attempts[2]}`)
  await page.getByRole('button', { name: 'Set result' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Points of/).fill('7')
  await dialog.getByLabel('Reason').fill('Oral exam')
  await dialog.getByRole('button', { name: 'Set result' }).click()
  await state('Sami Slow').getByText('Set by hand').waitFor()
  await state('Sami Slow').getByText('100%').waitFor()
  await page.getByRole('button', { name: 'Take back' }).click()
  await state('Sami Slow').getByText('57.1%').waitFor()

  await page.bringToFront()
  await page.getByRole('link', { name: 'Replay' }).click()
  await page.getByText('Question 3 changed').click()
  await page.getByText('Thus.').waitFor()
  await page.getByRole('button', { name: 'Back to the previous moment' }).press('Enter')
  await page.getByText('I think 2').waitFor()
  await expect(page.getByRole('button', { name: 'Play' }).count()).resolves.toBe(0)
  await screen.settled()
  await screen.picture('replay')
  expect(await barriersOn(screen.page)).toEqual([])

  await page.goto(`${url}/#/results/learner/${people[0]}`)
  await page.getByRole('heading', { name: 'By category of the questions' }).waitFor()
  await screen.picture('learner-report')

  const pdf = await watching.page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1')).toMatch(/MediaBox \[0 0 59[45]/)
  const text = pdfPages(pdf).join('')
  for (const shown of ['OmarOther', 'NourNowhere', 'Missing', 'Bycategory', 'Geography']) expect(text).toContain(shown)
  for (const left of ['Saveasafile', 'Letter', 'Beneficiaries']) expect(text).not.toContain(left)
  await watching.page.getByText('Letter').click()
  const letter = await watching.page.pdf({ preferCSSPageSize: true })
  expect(letter.toString('latin1')).toMatch(/MediaBox \[0 0 612/)

  const download = watching.page.waitForEvent('download')
  await watching.page.getByRole('button', { name: 'Save as a file' }).click()
  await watching.page.getByRole('menuitem', { name: /CSV/ }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('Numbers and places.csv')
  expect(await readFile(await saved.path(), 'utf8')).toContain('Omar Other,Passed,7,7,100,No,1,')
  expect([...screen.troubles, ...watching.troubles, ...second.troubles]).toEqual([])
}, 300_000)
