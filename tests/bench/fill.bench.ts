import { type FillSize, fillGenerated } from '../../main/domains/setup/fill.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { report } from './measure.ts'

await using app = await testApp()
await testCentre(app)

function seconds(size: FillSize) {
  return app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    const start = performance.now()
    await fillGenerated(db, id, size, new Date().toISOString())
    return Math.round(performance.now() - start) / 1000
  })
}

const people = 100_000
report('fill with people', {
  seconds: await seconds({ people, responses: 0, seed: 1 }),
  people,
  aim: 'within 30 seconds',
})
const responses = 100_000
report('fill with answers', { seconds: await seconds({ people: 1000, responses, seed: 2 }), responses })
