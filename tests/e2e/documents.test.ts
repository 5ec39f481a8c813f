import { readFileSync } from 'node:fs'
import { expect, it, onTestFailed } from 'vitest'
import { pieceBytes } from '../../shared/contract/documents.ts'
import { noise } from '../support/documents.ts'
import { pngOf } from '../support/pictures.ts'
import { signedIn } from './practice.ts'
import { type Look, newProfile, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const hour = 3_600_000
/** A machine that does much else besides. */
const patience = { timeout: 15_000 }

/** A trainer of the practice centre at a page. */
async function trainer(address: string, look: Look = {}) {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('documents-failed'))
  const { page } = screen
  await page.goto(`${stage.program.url}/#${address}`)
  await page.locator('h1').first().waitFor()
  await screen.settled()
  return screen
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer })

async function add({ page }: Screen, ...files: ReturnType<typeof file>[]) {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  await (await choosing).setFiles(files)
}

const row = ({ page }: Screen, name: string) => page.getByRole('row').filter({ hasText: name })

it('shows pictures and texts, and saves a page with a script under a name that nothing runs', async () => {
  const screen = await trainer('/documents')
  const { page } = screen
  const script = '<script>document.title = "run"</script>'
  await add(
    screen,
    file('Photo of the room.png', pngOf(640, 360)),
    file('Rules.txt', Buffer.from(`Be kind. ${script}`)),
    file('page.html', Buffer.from(script)),
  )
  await row(screen, 'page.html').waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await screen.picture('documents-list')

  await row(screen, 'Photo of the room').click()
  const picture = page.getByRole('img', { name: 'Photo of the room.png' })
  await picture.waitFor()
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), patience).toBe(640)
  await screen.picture('documents-picture')
  await page.keyboard.press('Escape')
  await row(screen, 'Rules.txt').click()
  await expect.poll(() => page.getByRole('textbox', { name: 'Rules.txt' }).inputValue(), patience).toContain(script)
  await page.keyboard.press('Escape')
  await row(screen, 'page.html').click()
  await page.getByText('This kind of file is not shown here').waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as file' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('page.html.bin')
  expect(readFileSync(await saved.path(), 'utf8')).toBe(script)
  expect(await page.title()).not.toBe('run')
  expect(screen.troubles).toEqual([])
})

/** A page made by the browser itself, with a program in it that a reader of PDF would run when it opens the file. */
async function paper(): Promise<Buffer> {
  const page = await (await newProfile(stage.browser)).newPage()
  await page.setContent('<h1>Attestation</h1><p style="break-before:page">Verso</p>')
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
  await page.context().close()
  const action = '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>'
  return Buffer.from(pdf.replace('/Type /Catalog', `/Type /Catalog ${action}`), 'latin1')
}

it('draws a PDF page by page without running what is in it, and says of one that is none that it cannot', async () => {
  const screen = await trainer('/documents')
  const { page } = screen
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  const pdf = await paper()
  expect(pdf.toString('latin1')).toContain('/OpenAction')
  await add(screen, file('Attestation.pdf', pdf), file('Noise.pdf', Buffer.from(`%PDF-1.7\n${'x'.repeat(500)}`)))
  await row(screen, 'Noise.pdf').waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await row(screen, 'Attestation.pdf').click()
  const pages = page.getByRole('region', { name: 'Attestation.pdf' })
  await pages.getByText('Attestation').waitFor({ state: 'attached' })
  await page.getByText('2 pages').waitFor()
  await pages.focus()
  await page.keyboard.press('End')
  await pages.getByText('Verso').waitFor({ state: 'attached' })
  await page.keyboard.press('+')
  await page.getByText('125%').waitFor()
  await screen.picture('documents-pdf')
  const ours = () => page.workers().filter((worker) => worker.url().includes('pdf.worker'))
  expect(ours()).toHaveLength(1)
  await page.keyboard.press('Escape')
  await expect.poll(() => ours().length, patience).toBe(0)
  await row(screen, 'Noise.pdf').click()
  await page.getByText('This file cannot be shown').waitFor()
  expect(dialogs).toBe(0)
  expect(screen.troubles).toEqual([])
})

it('goes on with a large file after the connection broke and the page was closed', async () => {
  const screen = await trainer('/documents')
  const { page } = screen
  const film = file('Film.bin', noise(6 * pieceBytes + 100))
  let sent = 0
  await page.route('**/rpc/documents/sendPiece', (route) => {
    sent += 1
    return sent > 3 ? route.abort() : route.continue()
  })
  await add(screen, film)
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  await screen.picture('documents-stopped')
  await page.unroute('**/rpc/documents/sendPiece')
  await page.reload()
  await page.getByText(/42% of/).waitFor()
  await screen.picture('documents-after-reload')

  let again = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/sendPiece')) again += 1
  })
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose the file again' }).click()
  // A browser tells two files apart by when they were changed; this one is made anew by the test.
  const modifiedMs = await page.evaluate(async () => {
    const response = await fetch('/rpc/documents/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    return (await response.json()).json[0].modifiedMs as number
  })
  await page.evaluate((time) => {
    Object.defineProperty(File.prototype, 'lastModified', { get: () => time })
  }, modifiedMs)
  await (await choosing).setFiles([film])
  await row(screen, 'Film.bin').waitFor()
  expect(again).toBe(4)
  await expect.poll(() => page.getByText('Choose the file again').count(), patience).toBe(0)
})

it('is written about, shared until a day, taken back, removed and brought back', async () => {
  const screen = await trainer('/documents')
  const { page } = screen
  await row(screen, 'Rules.txt').click()
  await page.getByLabel('Description').fill('For everybody who comes here')
  await page.getByRole('dialog').getByRole('combobox', { name: 'Category' }).fill('House')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(() => page.getByRole('button', { name: 'Save changes' }).isDisabled(), patience).toBe(true)

  await page.getByRole('combobox', { name: 'Share with' }).fill('a')
  await expect.poll(() => page.getByRole('option').count(), patience).toBeGreaterThan(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByLabel('Last day (optional)').fill('2031-12-31')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByText('until 31 Dec 2031').waitFor()
  await screen.picture('documents-shared')
  await page.getByRole('button', { name: /^Stop sharing with/ }).click()
  await page.getByText(/^No longer shared with/).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('until 31 Dec 2031').waitFor()

  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('“Rules.txt” was removed.').waitFor()
  await expect.poll(() => row(screen, 'Rules.txt').count(), patience).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(screen, 'Rules.txt').filter({ hasText: 'House' }).waitFor()
  expect(screen.troubles).toEqual([])
})

it('is in the file of the person it is about, and on the home of the learner it is shared with', async () => {
  const screen = await trainer('/beneficiaries/1')
  const { page } = screen
  await add(
    screen,
    file('Certificate with a very long name that does not fit into one line.txt', Buffer.from('Passed')),
  )
  await page.getByRole('link', { name: /^Certificate/ }).waitFor()
  await screen.picture('documents-person')
  const { client } = screen
  const { rows } = await client.documents.list({ beneficiaryId: 1 })
  const { name, email } = await client.beneficiaries.get({ id: 1 })
  const [learner] = await client.documents.recipients({ search: name })
  const expiresAt = new Date(Date.now() + hour).toISOString()
  await client.documents.share({ documentId: rows[0]?.id ?? 0, userId: learner?.userId ?? 0, expiresAt })
  const password = 'another long one'
  await client.identity.setLearnerPassword({ beneficiaryId: 1, password })

  for (const [look, language] of [
    [{}, 'en'],
    [{ language: 'ar', dark: true, width: 390, height: 844 }, 'ar'],
  ] as const) {
    const student = await signedIn(stage, look, { email: email ?? '', password })
    await student.page.goto(stage.program.url)
    await student.page.getByText('Certificate with a very long').first().waitFor()
    await student.picture(`documents-learner-${language}`)
    await student.page.getByRole('button', { name: /Certificate/ }).click()
    await expect.poll(() => student.page.getByRole('dialog').getByRole('textbox').inputValue(), patience).toBe('Passed')
    await student.picture(`documents-learner-open-${language}`)
    expect(student.troubles).toEqual([])
  }
})
