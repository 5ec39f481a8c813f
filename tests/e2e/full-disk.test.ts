import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFailed } from 'vitest'
import { essay, password, publishedAssessment } from '../support/centre.ts'
import { clientAt } from '../support/host.ts'
import { openProgram } from './program.ts'
import { newProfile, openScreen, sharedBrowser } from './screen.ts'

const email = 'ada@example.org'
const essayText = 'Nobody throws away what was written before there was room for it. '.repeat(60)

interface SmallDisk extends Disposable {
  folder: string
  /** Takes all the room there is. */
  fill(): void
  /** Gives it back. */
  free(): void
}

/** A disk of 8 MB in memory; undefined where this user may not make one. */
function smallDisk(): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'bdc-small-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w')
      try {
        for (;;) writeSync(file, Buffer.alloc(4096))
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast),
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

it('tells the learner that a full disk keeps no answer, and keeps it once there is room', async (context) => {
  using disk = smallDisk()
  if (!disk) {
    const missing = 'only root on Linux can make a disk that is small enough to be filled'
    context.task.meta.skipReason = missing
    return context.skip(true, missing)
  }
  await using program = await openProgram(join(disk.folder, 'data'))
  const admin = clientAt(program.url)
  await admin.setup.createCentre({ organizationName: 'Atelier Nord', adminName: 'Ada Admin', email, password })
  await publishedAssessment(admin as never, [essay, essay])
  await admin.beneficiaries.create({ name: 'Lina Learner' })

  await using profile = await newProfile(await sharedBrowser())
  const screen = await openScreen(profile)
  const { page } = screen
  onTestFailed(() => screen.explain('full-disk-failed'))
  await page.goto(program.url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Open kiosk' }).click()
  await page.getByRole('button', { name: 'Open the kiosk' }).click()
  await page.getByRole('button', { name: 'Lina Learner' }).click()
  await page.getByRole('button', { name: /^Begin/ }).click()
  await page.getByRole('button', { name: 'Begin now' }).click()

  const status = page.getByRole('status')
  const writing = page.getByRole('main').getByRole('textbox')
  await writing.fill('Written while there was room.')
  await status.getByText('Saved', { exact: true }).waitFor()

  disk.fill()
  await writing.fill(essayText)
  await status.getByText('Not saved yet. Trying again…').waitFor()
  await page.getByText('Your answers cannot be saved right now').waitFor()
  await page.getByText('The computer that stores your answers has no room left.').waitFor()
  expect(await status.getByText('Saved', { exact: true }).count()).toBe(0)
  await screen.picture('full-disk')

  disk.free()
  await status.getByText('Saved', { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByText('Your answers cannot be saved right now').waitFor({ state: 'hidden' })
  await page.reload()
  await expect.poll(() => writing.inputValue()).toBe(essayText)
  await page.getByRole('button', { name: 'Check and hand in' }).first().click()
  await page.getByRole('button', { name: 'Hand in', exact: true }).click()
  await page.getByText('Your trainer still reads 1 answer.').waitFor()
  expect(screen.troubles).toEqual([])
})
