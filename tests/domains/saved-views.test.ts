import { describe, expect, it } from 'vitest'
import { mostViews } from '../../shared/contract/saved-views.ts'
import { testApp } from '../support/app.ts'
import { testCentre, testTrainer } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

async function staff() {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  return { app, admin, tom, tina, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

const list = 'people' as const
const active = { list, name: 'Active', filters: { status: 'active', hide: ['phone'] } }

describe('a saved view', () => {
  it('is refused under a name that is taken, for everybody by a trainer, and where there are too many', async () => {
    await using centre = await staff()
    const { tom } = centre
    await tom.savedViews.save(active)
    expect(await refusalKey(tom.savedViews.save({ ...active, name: 'ACTÍVE' }))).toBe('savedView.nameTaken')
    expect(await refusalKey(tom.savedViews.save({ ...active, isShared: true }))).toBe('savedView.onlyAdministrators')
    for (let count = 1; count < mostViews; count++) await tom.savedViews.save({ ...active, name: `View ${count}` })
    expect(await refusalKey(tom.savedViews.save({ ...active, name: 'One more' }))).toBe('savedView.tooMany')
    await tom.savedViews.save({ ...active, list: 'bank' as const })
    expect((await tom.savedViews.list()).views).toHaveLength(mostViews + 1)
  })

  it('is seen by nobody else, and reported to them as missing', async () => {
    await using centre = await staff()
    const { tom, tina, admin } = centre
    const { id } = await tom.savedViews.save(active)
    for (const other of [tina, admin]) {
      expect((await other.savedViews.list()).views).toEqual([])
      expect(await refusalKey(other.savedViews.update({ id, name: 'Mine' }))).toBe('savedView.notFound')
      expect(await refusalKey(other.savedViews.remove({ id }))).toBe('savedView.notFound')
    }
    expect((await tom.savedViews.list()).views).toMatchObject([{ ...active, isShared: false, isChangeable: true }])
  })

  it('of an administrator for everybody is there for the trainers, who leave it as it is', async () => {
    await using centre = await staff()
    const { tom, admin } = centre
    const { id } = await admin.savedViews.save({ ...active, isShared: true, isFirst: true })
    const shared = { id, name: 'Active', isShared: true, isFirst: true }
    expect((await tom.savedViews.list()).views).toMatchObject([{ ...shared, isChangeable: false }])
    expect(await refusalKey(tom.savedViews.remove({ id }))).toBe('savedView.onlyAdministrators')
    expect(await refusalKey(tom.savedViews.update({ id, isFirst: false }))).toBe('savedView.onlyAdministrators')
    await admin.savedViews.update({ id, name: 'Present' })
    expect((await tom.savedViews.list()).views).toMatchObject([{ id, name: 'Present' }])
  })

  it('is the first one of its list until another one is', async () => {
    await using centre = await staff()
    const { tom } = centre
    const { id } = await tom.savedViews.save({ ...active, isFirst: true })
    await tom.savedViews.save({ ...active, list: 'bank' as const, isFirst: true })
    const { id: next } = await tom.savedViews.save({ ...active, name: 'Next', isFirst: true })
    const firsts = async () => (await tom.savedViews.list()).views.filter((one) => one.isFirst).map((one) => one.list)
    expect((await tom.savedViews.list()).views.find((one) => one.id === id)).toMatchObject({ isFirst: false })
    expect(await firsts()).toEqual(['bank', 'people'])
    await tom.savedViews.update({ id: next, isFirst: false })
    expect(await firsts()).toEqual(['bank'])
  })

  it('keeps how a list was left, for whoever left it', async () => {
    await using centre = await staff()
    const { tom, tina } = centre
    await tom.savedViews.keep({ list: 'people', filters: { search: 'lina' } })
    await tom.savedViews.keep({ list: 'people', filters: { search: 'omar' } })
    expect((await tom.savedViews.list()).kept).toEqual([{ list: 'people', filters: { search: 'omar' } }])
    expect((await tina.savedViews.list()).kept).toEqual([])
  })
})
