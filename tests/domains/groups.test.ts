import { expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import { publishedAssessment, seatedKiosk, testCentre } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

it('refuses a second group of the same name, however it is spelt', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await admin.groups.create({ name: 'Élèves' })
  expect(await refusalKey(admin.groups.create({ name: 'ELEVES' }))).toBe('group.nameTaken')
  await admin.groups.update({ id, name: 'élèves', description: 'Morning' })
  expect(await admin.groups.list()).toMatchObject([{ name: 'élèves', description: 'Morning', memberCount: 0 }])
})

it('keeps each member once, in the order of names', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await admin.groups.create({ name: 'Class A' })
  const { id: zoe } = await admin.beneficiaries.create({ name: 'Zoé' })
  const { id: amal } = await admin.beneficiaries.create({ name: 'Amal' })
  expect(await refusalKey(admin.groups.addMembers({ id, beneficiaryIds: [zoe, 99] }))).toBe('beneficiary.notFound')
  await admin.groups.addMembers({ id, beneficiaryIds: [zoe] })
  await admin.groups.addMembers({ id, beneficiaryIds: [zoe, amal] })
  expect((await admin.groups.get({ id })).members.map(({ name }) => name)).toEqual(['Amal', 'Zoé'])
  await admin.groups.removeMembers({ id, beneficiaryIds: [amal] })
  expect(await admin.groups.list()).toMatchObject([{ memberCount: 1 }])
})

it('gives an assessment to its members alone, and stays as long as one is open to it', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id: groupId } = await admin.groups.create({ name: 'Class A' })
  const { id: assessmentId } = await publishedAssessment(admin, undefined, { groupId })
  const member = await seatedKiosk(app, admin, 'Member')
  const stranger = await seatedKiosk(app, admin, 'Somebody Else')
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: [member.beneficiaryId] })
  expect(await stranger.kiosk.delivery.menu()).toEqual([])
  expect(await member.kiosk.delivery.menu()).toMatchObject([{ assessmentId }])

  expect(await refusalKey(admin.groups.remove({ id: groupId }))).toBe('group.inUse')
  await admin.assessments.close({ id: assessmentId })
  await admin.groups.remove({ id: groupId })
  expect(await admin.groups.list()).toEqual([])
})
