import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openConnection } from '../../main/database/open.ts'
import { type FillSize, fillGenerated } from '../../main/domains/setup/fill.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { report } from './measure.ts'

const aimSeconds = 30

await using app = await testApp()
await testCentre(app)

function secondsSince(start: number) {
  return Math.round(performance.now() - start) / 1000
}

function secondsFor(size: FillSize) {
  return app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    const start = performance.now()
    await fillGenerated(db, id, size, new Date().toISOString())
    return secondsSince(start)
  })
}

/** The floor: as many rows of one table with one index, in one commit, with the same settings. */
function secondsForRows(count: number) {
  const connection = openConnection(join(app.dataDir, 'floor.db'), randomBytes(32))
  connection.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT, born TEXT) STRICT')
  connection.exec('CREATE INDEX idx_people_name ON people (name)')
  const insert = connection.prepare('INSERT INTO people (name, email, born) VALUES (?, ?, ?)')
  const start = performance.now()
  connection.exec('BEGIN')
  for (let row = 0; row < count; row++) insert.run(`Learner ${row}`, `learner-${row}@example.org`, '2001-02-03')
  connection.exec('COMMIT')
  const seconds = secondsSince(start)
  connection.close()
  return seconds
}

const people = 100_000
const data = 'encrypted, one commit'
report('fill: floor, rows of one table', { seconds: secondsForRows(people), rows: people, data })
const forPeople = await secondsFor({ people, responses: 0, seed: 1 })
report('fill: people', {
  seconds: forPeople,
  people,
  aimSeconds,
  isWithinAim: forPeople <= aimSeconds,
  data: `${data}; users, profiles, beneficiaries and the index of names`,
})
const responses = 100_000
const forAnswers = await secondsFor({ people: 1000, responses, seed: 2 })
report('fill: answers', { seconds: forAnswers, responses, data: `${data}; with 1000 people and their attempts` })
