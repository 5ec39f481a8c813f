import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { tableTypes, tableTypesPath } from '../../main/database/generate-table-types.ts'

it('has the table types of the newest migrations; node main/database/generate-table-types.ts writes them', async () => {
  expect(readFileSync(tableTypesPath, 'utf8')).toBe(await tableTypes())
})
