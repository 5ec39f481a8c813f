import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutants } from './mutants.ts'

it('finds the place of every fault that can be planted exactly once, so that none is forgotten when the sources change', () => {
  const root = join(import.meta.dirname, '..', '..', '..')
  const misplaced = mutants.filter(({ file, from }) => readFileSync(join(root, file), 'utf8').split(from).length !== 2)
  expect(misplaced.map(({ name }) => name)).toEqual([])
  // A test that is not there would seem to notice everything.
  const untested = mutants
    .flatMap(({ tests = [] }) => tests)
    .filter((test) => !existsSync(join(import.meta.dirname, '..', test)))
  expect(untested).toEqual([])
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
})
