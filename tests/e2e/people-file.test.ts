import { Buffer } from 'node:buffer'
import { expect, it, onTestFailed } from 'vitest'
import { pngOf, squareJpeg } from '../support/pictures.ts'
import { clientOf, trainer } from './practice.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function screenOf(name: string, look: Look = {}) {
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.explain(`${name}-failed`))
  return screen
}

async function signIn({ page }: Screen, email = trainer.email) {
  await clientOf(page.context(), stage.program.url).identity.signIn({ ...trainer, email })
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('row').nth(1).waitFor()
}

it('opens the practice centre', async () => {
  const { page } = await screenOf('file-practice')
  await page.goto(stage.program.url)
  await page.getByText('Open a practice centre').click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Beneficiaries' }).click()
  await page.getByRole('row').nth(1).waitFor()
  expect(await page.getByRole('row').count()).toBeGreaterThan(1)
})

it('keeps a field of the centre in a file, finds people by it, and gives an earlier entry back', async () => {
  const screen = await screenOf('file')
  const { page, troubles } = screen
  await signIn(screen)
  await page.goto(`${stage.program.url}#/own-fields`)
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByLabel('Name of the field').fill('Bus line')
  await page.getByRole('combobox', { name: 'What it holds' }).click()
  await page.getByRole('option', { name: 'Choice' }).click()
  await page.getByLabel('Choices').fill('12\n14')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText('12 · 14').waitFor()
  await screen.picture('own-fields')

  await page.goto(`${stage.program.url}#/beneficiaries/1/file`)
  await page.getByRole('combobox', { name: 'Bus line' }).click()
  await page.getByRole('option', { name: '14' }).click()
  await page.getByLabel('Town').fill('Sfax')
  await page.getByLabel('Number in the centre').fill('A-7')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/Saved \d/).waitFor()
  await screen.picture('file-saved')

  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('combobox', { name: 'Own field' }).click()
  await page.getByRole('option', { name: 'Bus line' }).click()
  await page.getByRole('combobox', { name: 'Bus line' }).click()
  await page.getByRole('option', { name: '14' }).click()
  await page.getByText('1 person found').waitFor()
  await page.reload()
  await page.getByText('1 person found').waitFor()

  await page.goto(`${stage.program.url}#/beneficiaries/1/file?part=changes`)
  await page.getByRole('button', { name: 'Restore Town' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await page.getByText('“Town” is what it was before.').waitFor()
  await screen.picture('file-restored')
  await page.goto(`${stage.program.url}#/beneficiaries/1/file`)
  await page.getByLabel('Town').waitFor()
  expect(await page.getByLabel('Town').inputValue()).not.toBe('Sfax')
  expect(await page.getByLabel('Number in the centre').inputValue()).toBe('A-7')

  await page.getByRole('button', { name: 'Mark as completed' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as completed' }).click()
  await page.getByRole('button', { name: 'Status history' }).click()
  await page.getByRole('dialog').getByText('Completed').waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${stage.program.url}#/beneficiaries/1/file?part=changes`)
  await page.getByRole('button', { name: 'Restore Status' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await page.getByText('“Status” is what it was before.').waitFor()
  await page.goto(`${stage.program.url}#/beneficiaries/1/file`)
  await page.getByRole('button', { name: 'Mark as completed' }).waitFor()
  expect(troubles).toEqual([])
})

it('keeps a photo of a person, refuses what is none with a sentence, and links two people in both files', async () => {
  const screen = await screenOf('photo')
  const { page, troubles } = screen
  await signIn(screen)
  await page.goto(`${stage.program.url}#/beneficiaries/3/file`)
  await page.getByRole('button', { name: /^Photo of/ }).click()
  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  const dialog = page.getByRole('dialog')
  const choose = (buffer: Buffer, mimeType = 'image/jpeg') =>
    dialog.locator('input[type=file]').setInputFiles({ name: 'photo', mimeType, buffer })
  for (const [buffer, type, sentence] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 'This file is no picture'],
    [squareJpeg.subarray(0, 150), 'image/jpeg', 'This picture cannot be read'],
    [pngOf(12_000, 9_000), 'image/png', 'at most 60 megapixels'],
  ] as const) {
    await choose(buffer, type)
    await dialog.getByRole('alert').getByText(sentence).waitFor()
  }
  // Two files in one: what is kept is drawn anew, and has no second one in it.
  await choose(Buffer.concat([pngOf(900, 600), Buffer.from('<script>1</script>')]), 'image/png')
  await dialog.getByRole('slider', { name: 'Larger' }).press('ArrowRight')
  await dialog.getByRole('button', { name: 'Keep this photo' }).click()
  await page.getByText(`The photo of ${name} is in the file.`).waitFor()
  await page.getByRole('banner').or(page.locator('header')).locator('img').first().waitFor()
  await screen.picture('photo-kept')

  await page.getByRole('button', { name: 'Link somebody' }).click()
  await dialog.getByRole('combobox', { name: 'Who' }).fill('lefevre')
  await page.getByRole('option', { name: 'Zoé Lefèvre' }).click()
  await dialog.getByRole('button', { name: 'Link', exact: true }).click()
  await page.getByText(`${name} and Zoé Lefèvre are linked.`).waitFor()
  await page.getByRole('link', { name: 'Zoé Lefèvre' }).click()
  const other = page.getByRole('region', { name: 'Family and others' })
  await other.getByRole('link', { name }).waitFor()
  await other.getByText('Child').waitFor()
  await other.locator('img').waitFor()
  await screen.picture('linked')
  expect(troubles).toEqual([])
})

it('hands a person over to a trainer, who takes them', async () => {
  const screen = await screenOf('handover')
  const { page, troubles } = screen
  await signIn(screen)
  await page.goto(`${stage.program.url}#/beneficiaries/2/file`)
  await page.getByRole('button', { name: 'Hand over' }).click()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option').first().click()
  await page.getByLabel('What they should know').fill('Comes on Mondays.')
  await screen.picture('handover-offer')
  await page.getByRole('button', { name: 'Offer' }).click()
  await page.getByRole('button', { name: 'Handover offered' }).waitFor()

  const other = await screenOf('handover-other')
  await signIn(other, 'tomas@practice.example')
  await other.page.getByText('Comes on Mondays.').waitFor()
  await other.picture('handover-asked')
  await other.page.goto(`${stage.program.url}#/beneficiaries/2/file`)
  await other.page.getByText('not here', { exact: false }).first().waitFor()
  await other.page.goto(`${stage.program.url}#/beneficiaries`)
  await other.page.getByRole('button', { name: 'Decline' }).click()
  await other.page.getByLabel('Why (they will read it)').fill('My Mondays are full.')
  await other.page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
  await other.page.getByText('The offer is declined.').waitFor()
  await other.page.getByRole('button', { name: 'Take over' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Declined: offer again' }).click()
  await page.getByText('My Mondays are full.').waitFor()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Offer', exact: true }).click()
  await page.getByRole('button', { name: 'Handover offered' }).waitFor()
  await other.page.reload()
  await other.page.getByRole('button', { name: 'Take over' }).click()
  await other.page.getByLabel('Full name').waitFor()

  // The first one is an administrator too, and takes them back without asking, over what is half written in the file.
  await page.goto(`${stage.program.url}#/beneficiaries/2/file`)
  await page.reload()
  await page.getByLabel('Town').fill('Half written')
  await page.getByRole('button', { name: 'Hand over' }).click()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option').first().click()
  await page.getByText('no longer sees it').waitFor()
  await screen.picture('handover-move')
  await page.getByRole('button', { name: 'Move now' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Town').inputValue()).toBe('Half written')
  await page.getByRole('button', { name: 'Hand over' }).click()
  await page.getByText(/Moved from .* to /).waitFor()
  await screen.picture('handover-moved')
  await page.getByRole('button', { name: 'Move back' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText(/Trainer:? .*Tomás/).waitFor()

  // Whoever gives somebody away is told on the screen that still shows their file.
  await other.page.reload()
  await other.page.getByRole('button', { name: 'Hand over' }).click()
  await other.page.getByRole('combobox', { name: 'To whom' }).click()
  await other.page.getByRole('option').first().click()
  await other.page.getByRole('button', { name: 'Offer', exact: true }).click()
  await other.page.getByRole('button', { name: 'Handover offered' }).waitFor()
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('button', { name: 'Take over' }).click()
  await page.getByText(/Trainer:? .*Amina/).waitFor()
  await other.page.getByText('Taken over by \u2068Amina Haddad\u2069.').waitFor()
  await other.picture('handover-taken')
  expect([...troubles, ...other.troubles]).toEqual([])
})

it('puts two files of one person together and apart again, and one in the trash and back', async () => {
  const screen = await screenOf('merge')
  const { page, troubles } = screen
  await signIn(screen)
  for (const [name, phone, town] of [
    ['Mohammed Cherif', '77 123 45 67', ''],
    ['محمد شريف', '+221 77 123 45 67', 'Thiès'],
  ]) {
    await page.goto(`${stage.program.url}#/beneficiaries/new`)
    await screen.settled()
    await page.getByLabel('Full name').fill(name ?? '')
    await page
      .getByLabel('Phone')
      .first()
      .fill(phone ?? '')
    if (town) await page.getByLabel('Town').fill(town)
    if (town) await page.getByText('May be here already').waitFor()
    await page.getByRole('button', { name: 'Save this person' }).click()
    await page.getByRole('button', { name: 'Privacy' }).waitFor()
  }
  await page.goto(`${stage.program.url}#/beneficiaries/duplicates`)
  await page.getByRole('button', { name: 'Mohammed Cherif and محمد شريف are not the same person' }).click()
  await page.getByText('Nobody seems to be here twice').waitFor()
  await page.getByRole('button', { name: 'Show Mohammed Cherif and محمد شريف again' }).click()
  await page.getByRole('link', { name: 'Compare Mohammed Cherif and محمد شريف' }).click()
  await page.getByRole('radio', { name: 'محمد شريف' }).check()
  await screen.picture('merge-compare')
  await page.getByRole('button', { name: 'Put together' }).click()
  await page.getByRole('heading', { name: 'محمد شريف', level: 1 }).waitFor()
  expect(await page.getByLabel('Town').inputValue()).toBe('Thiès')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: 'Compare Mohammed Cherif and محمد شريف' }).waitFor()

  await page.goto(`${stage.program.url}#/beneficiaries?search=Cherif`)
  await page.getByText('Mohammed Cherif').click()
  const moveToTrash = async () => {
    await page.getByRole('button', { name: 'Move to the trash' }).click()
    const question = page.getByRole('dialog', { name: 'Move Mohammed Cherif to the trash?' })
    await question.getByRole('button', { name: 'Move to the trash' }).click()
    await page.getByText('Nobody found').waitFor()
  }
  await moveToTrash()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Mohammed Cherif is back.').waitFor()
  await page
    .getByRole('row', { name: /Mohammed Cherif/ })
    .getByText('Mohammed Cherif')
    .click()
  await moveToTrash()
  await page.goto(`${stage.program.url}#/beneficiaries/trash`)
  await page.getByRole('button', { name: 'Bring Mohammed Cherif back' }).click()
  await page.getByText('Nobody is in the trash').waitFor()
  expect(troubles).toEqual([])
})

const list = [
  'Nom;Prénom;Né(e) le;Ville;Bus line;Groupe',
  'Ben Salah;Leïla;03/02/2001;Sfax;12;Matin',
  'Okafor;Chidi;31/13/2001;Enugu;13;Matin',
  ';;;Nowhere;;',
].join('\r\n')

it('brings a list in from file to list, with its problems named, and takes it back', async () => {
  const screen = await screenOf('import')
  const { page, troubles } = screen
  await signIn(screen)
  const before = await page.getByRole('status').first().textContent()
  await page.goto(`${stage.program.url}#/beneficiaries/import`)
  await screen.picture('import-choose')
  const buffer = Buffer.from(list, 'latin1')
  await page.locator('input[type=file]').setInputFiles({ name: 'class.csv', mimeType: 'text/csv', buffer })
  await page.getByText('3 rows found').waitFor()
  await page.getByText('Leïla').waitFor()
  await screen.picture('import-columns')
  await page.getByRole('button', { name: 'See what would happen' }).click()
  await page.getByRole('heading', { name: '3 problems' }).waitFor()
  await screen.picture('import-preview')
  await page.getByRole('button', { name: 'Bring in 2 people' }).click()
  await page.getByText('Done: 2 of 2 are in.').waitFor()
  await screen.picture('import-done')

  await page.getByRole('link', { name: 'To the list of people' }).click()
  await page.getByLabel('Search by name').fill('ben salah')
  await page.getByText('1 person found').waitFor()
  // The list is found again as it was left.
  await page.getByLabel('Search by name').fill('')
  await page.getByText('1 person found').waitFor({ state: 'detached' })
  await screen.settled()

  await page.goto(`${stage.program.url}#/beneficiaries/import`)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await page.getByText('The list is taken back.').waitFor()
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page
    .getByText(before ?? '')
    .first()
    .waitFor()
  expect(troubles).toEqual([])
})

it('warns while somebody is registered who may be here already, and lets it be', async () => {
  const screen = await screenOf('alike')
  const { page, troubles } = screen
  await signIn(screen)
  const name = (await page.getByRole('row').nth(1).locator('bdi').first().textContent()) ?? ''
  await page.goto(`${stage.program.url}#/beneficiaries/new`)
  await screen.settled()
  await page.getByLabel('Full name').fill(name)
  await page.getByText('May be here already').waitFor()
  await screen.picture('alike')
  await page.getByRole('button', { name: 'Save this person' }).click()
  await page.getByText(`${name} is registered.`).waitFor()
  expect(troubles).toEqual([])
})
