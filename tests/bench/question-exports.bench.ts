import { exportFormats } from '../../shared/contract/exports.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { fillBank } from '../support/large-bank.ts'
import { watchTurns } from '../support/turns.ts'
import { report } from './measure.ts'

/** The largest bank in every format: how long it takes, and how long nobody else gets a turn meanwhile; 50 ms is the most. */
await using app = await testApp()
const { admin } = await testCentre(app)
await fillBank(admin)
for (const format of exportFormats) {
  const longestTurn = watchTurns()
  const began = performance.now()
  const { base64 } = await admin.exports.bank({ format, fileName: 'All', search: '' })
  const ms = Math.round(performance.now() - began)
  report('question-exports', {
    format,
    questions: 5000,
    ms,
    longestTurnMs: Math.round(longestTurn()),
    bytes: base64.length,
  })
}
