import { expect, it } from 'vitest'
import { exportFormats } from '../../../shared/contract/exports.ts'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { fillBank } from '../../support/large-bank.ts'
import { watchTurns } from '../../support/turns.ts'

it('writes the largest bank in every format without holding the process for more than 50 ms at a time', {
  timeout: 180_000,
}, async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await fillBank(admin)
  const turns: Record<string, number> = {}
  for (const format of exportFormats) {
    const longestTurn = watchTurns()
    const { base64 } = await admin.exports.bank({ format, fileName: 'All', search: '' })
    turns[format] = longestTurn()
    expect(base64.length).toBeGreaterThan(100_000)
  }
  expect(Object.entries(turns).filter(([, longest]) => longest >= 50)).toEqual([])
})
