import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { AssessmentFields } from '../../shared/contract/assessments.ts'
import { signedIn } from './practice.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function screenAt(address: string) {
  const screen = await signedIn(stage)
  onTestFailed(() => screen.explain('forms-failed'))
  await screen.page.goto(`${stage.program.url}/#${address}`)
  await screen.settled()
  return screen
}

it('does not take a day that does not exist for no day, in the file of a person', async () => {
  const { page, client, settled } = await screenAt('/beneficiaries')
  const id = (await client.beneficiaries.list({})).rows[0]?.id ?? 0
  const before = await client.beneficiaries.get({ id })
  await client.beneficiaries.update({ ...before, dateOfBirth: '1993-05-12' })
  await page.goto(`${stage.program.url}/#/beneficiaries/${id}`)
  const born = page.getByLabel('Date of birth')
  await settled()
  expect(await born.inputValue()).toBe('1993-05-12')
  await born.focus()
  await page.keyboard.type('0231')
  await expect.poll(() => born.inputValue()).toBe('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Enter a complete date, with a day that exists.').waitFor()
  await settled()
  expect((await client.beneficiaries.get({ id })).dateOfBirth).toBe('1993-05-12')

  // Emptied on purpose, it is no day.
  await born.focus()
  for (let part = 0; part < 3; part++) {
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Tab')
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/Saved \d/).waitFor()
  expect((await client.beneficiaries.get({ id })).dateOfBirth).toBeNull()
}, 60_000)

it('saves nothing of a time by itself while it is half typed, and says why', async () => {
  const { page, client, settled } = await screenAt('/assessments')
  const { id } = await client.assessments.create(AssessmentFields.parse({ title: 'Half a time', type: 'practice' }))
  await page.goto(`${stage.program.url}/#/assessments/${id}`)
  await page.getByRole('tab', { name: 'Details' }).click()
  const opens = page.getByLabel('Opens')
  await opens.fill('2031-03-05T09:00')
  await page.getByText(/Saved \d/).waitFor()
  await opens.focus()
  await page.keyboard.type('0231')
  await page.getByText('Enter a complete date and time, with a day that exists.').waitFor()
  await page.getByText('Not saved').waitFor()
  await settled()
  expect((await client.assessments.get({ id })).opensAt).toBe(new Date('2031-03-05T09:00').toISOString())
}, 60_000)

it('takes what a list shows first with Enter, and does not send the form before that', async () => {
  const { page, client } = await screenAt('/calendar?view=week&day=2031-03-05')
  const [learner] = (await client.beneficiaries.list({})).rows
  const { name = '' } = learner ?? {}
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('With somebody')
  const field = page.getByRole('combobox', { name: 'Learner' })
  await field.fill('nobody of this name')
  await page.getByText('Nobody has this name.').waitFor()
  await field.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Save appointment' }).count()).toBe(1)
  await field.fill(name)
  await expect.poll(() => page.getByRole('option').count()).toBe(1)
  await field.press('Enter')
  await expect.poll(() => page.getByRole('option').count()).toBe(0)
  await field.press('Enter')
  await page.getByText('“With somebody” is in the calendar.').waitFor()
  const { rows } = await client.appointments.list({
    from: '2031-03-01T00:00:00.000Z',
    until: '2031-03-09T00:00:00.000Z',
  })
  expect(rows).toEqual([expect.objectContaining({ title: 'With somebody', beneficiaryId: learner?.id })])
}, 60_000)

it('adds the second recipient with Enter instead of sending the message to the first alone', async () => {
  const { page, client } = await screenAt('/messages/draft/new-two-people')
  const [first, second] = (await client.messages.people({ search: '' })).people
  await page.getByRole('textbox', { name: 'Message' }).fill('For two')
  const to = page.getByRole('combobox', { name: 'To' })
  for (const person of [first, second]) {
    const { name = '' } = person ?? {}
    await to.fill(name)
    await expect.poll(() => page.getByRole('option').first().textContent()).toBe(name)
    await to.press('Enter')
    await expect.poll(() => to.inputValue()).toBe('')
  }
  await page.getByRole('button', { name: 'Send' }).waitFor()
  await expect
    .poll(async () => (await client.messages.draft({ name: 'new-two-people' }))?.recipients.people)
    .toEqual([first?.id, second?.id])
}, 60_000)

it('makes once what a double click or a double Enter asks for, and leaves what takes the place of the button alone', async () => {
  const { page, client } = await screenAt('/beneficiaries')
  const found = async (search: string) => (await client.beneficiaries.list({ search })).rows.length
  await page.getByRole('button', { name: 'Add several' }).click()
  await page.getByLabel('Names, one per line').fill('Once Only\nTwice Never')
  await page.getByRole('button', { name: 'Register 2 people' }).dblclick()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  expect([await found('Once Only'), await found('Twice Never')]).toEqual([1, 1])
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Add several' }).click()
  await page.getByLabel('Names, one per line').fill('Entered Once')
  await page.getByRole('button', { name: 'Register 1 person' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  expect(await found('Entered Once')).toBe(1)
  await page.keyboard.press('Escape')

  await page.goto(`${stage.program.url}/#/groups`)
  await page.getByRole('button', { name: 'New group' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('One group')
  await page.getByLabel('Name', { exact: true }).press('Enter')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'One group' }).waitFor()
  expect((await client.groups.list()).filter(({ name }) => name === 'One group')).toHaveLength(1)

  await page.goto(`${stage.program.url}/#/calendar?view=week&day=2031-04-09`)
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('Planned once')
  await page.getByRole('button', { name: 'Save appointment' }).dblclick()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const { rows } = await client.appointments.list({
    from: '2031-04-07T00:00:00.000Z',
    until: '2031-04-14T00:00:00.000Z',
  })
  expect(rows.filter(({ title }) => title === 'Planned once')).toHaveLength(1)
}, 60_000)

const leaveOrStay = (page: Page, answer: 'Stay and go on' | 'Leave without saving') =>
  page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: answer }).click()

it('asks before typed names, a typed goal or a typed mark are lost', async () => {
  const { page, client } = await screenAt('/beneficiaries')
  await page.getByRole('button', { name: 'Add several' }).click()
  const names = page.getByLabel('Names, one per line')
  await names.fill('Not Lost')
  await page.keyboard.press('Escape')
  await leaveOrStay(page, 'Stay and go on')
  await page.mouse.click(5, 5)
  await leaveOrStay(page, 'Stay and go on')
  expect(await names.inputValue()).toBe('Not Lost')
  await page.keyboard.press('Escape')
  await leaveOrStay(page, 'Leave without saving')
  await names.waitFor({ state: 'detached' })

  const id = (await client.beneficiaries.list({})).rows[0]?.id ?? 0
  await page.goto(`${stage.program.url}/#/beneficiaries/${id}/file?part=plan`)
  await page.getByRole('button', { name: 'Add a goal' }).first().click()
  await page.getByRole('dialog').getByRole('textbox').first().fill('Speak in front of a group')
  await page.keyboard.press('Escape')
  await leaveOrStay(page, 'Leave without saving')

  await page.goto(`${stage.program.url}/#/grading`)
  await page
    .getByRole('link', { name: /^Grade “/ })
    .first()
    .click()
  const points = page.getByLabel(/^Points of/)
  await points.fill('1')
  for (const away of [
    page.getByRole('button', { name: 'Next', exact: true }),
    page.getByText('By learner'),
    page.getByRole('link', { name: 'Today' }),
  ]) {
    await away.click()
    await leaveOrStay(page, 'Stay and go on')
    expect(await points.inputValue()).toBe('1')
  }
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await leaveOrStay(page, 'Leave without saving')
  await page.getByText(/^Answer 2 of/).waitFor()
  expect(await points.inputValue()).toBe('')
}, 60_000)

it('closes the search with Escape', async () => {
  const { page } = await screenAt('/today')
  await page.keyboard.press('Control+k')
  const search = page.getByRole('dialog', { name: 'Search' })
  await search.getByRole('combobox').press('Escape')
  await search.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('heading', { name: 'Today', level: 1 }).isVisible()).toBe(true)
}, 60_000)

it('shows the details that were stored on the way out, and loads the newest where somebody else has changed them', async () => {
  const { page, client, settled } = await screenAt('/assessments')
  const { id } = await client.assessments.create(AssessmentFields.parse({ title: 'Left in a hurry', type: 'practice' }))
  await page.goto(`${stage.program.url}/#/assessments/${id}`)
  await page.getByRole('tab', { name: 'Details' }).click()
  const description = page.getByLabel('Description')
  await description.fill('Written at the last moment')
  await page.getByRole('link', { name: 'Today' }).click()
  await expect
    .poll(async () => (await client.assessments.get({ id })).description, { timeout: 5_000 })
    .toBe('Written at the last moment')
  await page.getByRole('link', { name: 'Assessments' }).click()
  await page.getByRole('row', { name: 'Left in a hurry' }).click()
  await page.getByRole('tab', { name: 'Details' }).click()
  expect(await description.inputValue()).toBe('Written at the last moment')
  await description.fill('And again')
  await page.getByText(/Saved \d/).waitFor()
  await settled()

  const stored = await client.assessments.get({ id })
  await client.assessments.update({ ...stored, description: 'By somebody else' })
  await description.fill('Too late')
  await page.getByRole('button', { name: 'Load the newest version' }).click()
  await expect.poll(() => description.inputValue(), { timeout: 5_000 }).toBe('By somebody else')
  await description.fill('After all')
  await page.getByText(/Saved \d/).waitFor()
  expect((await client.assessments.get({ id })).description).toBe('After all')
}, 60_000)
