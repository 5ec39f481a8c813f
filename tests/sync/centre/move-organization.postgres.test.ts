import { afterAll, beforeAll } from 'vitest'
import { startPostgres } from '../../support/postgres.ts'
import { testCentre } from './centre.ts'
import { goesWhole } from './crossing/goes-whole.ts'
import { log } from './crossing/log.ts'
import { meanwhile } from './crossing/meanwhile.ts'
import { notices } from './crossing/notices.ts'
import type { Stage } from './crossing/offices.ts'
import { refused } from './crossing/refused.ts'
import { whatStayed } from './crossing/what-stayed.ts'

// One PostgreSQL for all of them.
const stage = {} as Stage
beforeAll(async () => {
  stage.server = await startPostgres()
  stage.centre = await testCentre(stage.server)
})
afterAll(() => stage.server[Symbol.asyncDispose]())

goesWhole(stage)
refused(stage)
meanwhile(stage)
whatStayed(stage)
log(stage)
notices(stage)
