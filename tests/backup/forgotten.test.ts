import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noteForgotten } from '../../main/backup/settings.ts'
import { type Client, testApp } from '../support/app.ts'
import { password, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/folder.ts'
import { refusalKey } from '../support/refusal.ts'

/** Waits until nothing is under way. */
async function idle(admin: Client) {
  for (;;) {
    const state = await admin.backups.state()
    if (!state.running) return state
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function backedUp(admin: Client) {
  await admin.backups.begin()
  return idle(admin)
}

const holding = async (admin: Client) =>
  (await admin.backups.state()).backups.filter(({ holdsForgotten }) => holdsForgotten)

describe('backups that hold somebody who was erased since', { timeout: 60_000 }, () => {
  it('say so, and go once a new one has arrived, at each place where it has, when an administrator asks for that', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { id } = await admin.beneficiaries.create({ name: 'Maria Canary' })
    const secondFolder = temporaryFolder()
    await admin.backups.configure({ secondFolder, every: 'day' })
    await backedUp(admin)
    clock.pass(60_000)
    await admin.backups.configure({ secondFolder: null, every: 'day' })
    await backedUp(admin)
    expect(await holding(admin)).toEqual([])
    clock.pass(60_000)
    await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Maria Canary' })
    clock.pass(60_000)
    await admin.backups.configure({ secondFolder, every: 'day' })
    const { ownFolder, forgottenUntil } = await admin.backups.state()
    expect((await holding(admin)).map(({ folder }) => folder).sort()).toEqual(
      [ownFolder, ownFolder, secondFolder].sort(),
    )
    // Nobody knows when those go that somebody asked for.
    expect(forgottenUntil).toBeNull()

    expect(await refusalKey(trainer.backups.replaceOlder({ password }))).toBe('door.forbidden')
    expect(await refusalKey(admin.backups.replaceOlder({ password: 'wrong' }))).toBe('identity.wrongPassword')
    expect(await holding(admin)).toHaveLength(3)

    await admin.backups.configure({ secondFolder: null, every: 'day' })
    await admin.backups.replaceOlder({ password })
    const { backups } = await idle(admin)
    expect(backups.map(({ madeAt, holdsForgotten }) => [madeAt, holdsForgotten])).toEqual([
      [clock.now().toISOString(), false],
    ])
    await admin.backups.configure({ secondFolder, every: 'day' })
    expect((await holding(admin)).map(({ folder }) => folder)).toEqual([secondFolder])
    clock.pass(60_000)
    await admin.backups.replaceOlder({ password })
    const after = await idle(admin)
    expect(after.backups.map(({ folder }) => folder).sort()).toEqual([ownFolder, ownFolder, secondFolder].sort())
    expect(await holding(admin)).toEqual([])
  })

  it('stay when no new one can be made', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    await backedUp(admin)
    noteForgotten(join(app.dataDir, 'bdc.db'), clock.now().toISOString())
    clock.pass(60_000)
    await admin.backups.replaceOlder({ password })
    await admin.backups.cancel()
    await idle(admin)
    expect(await holding(admin)).toHaveLength(1)
  })

  it('are those alone that were made before old data was cleared, or somebody left this computer', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    await backedUp(admin)
    clock.pass(60_000)
    noteForgotten(join(app.dataDir, 'bdc.db'), clock.now().toISOString())
    clock.pass(60_000)
    const { backups } = await backedUp(admin)
    expect(backups.map(({ holdsForgotten }) => holdsForgotten)).toEqual([false, true])
    expect(JSON.stringify(await admin.backups.state())).not.toContain('lastForgottenAt')
  })
})
