import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { compileCache, nodeFlags } from './scripts/project.mjs'

/** Suites of screens in a browser that all share: one after the other, since each of them uses every core. */
const browser = ['tests/e2e/**/*.test.ts']

/**
 * Other suites that use every core by themselves, or that measure a process in which nothing else was done: one after the
 * other, and apart from all others.
 */
const alone = ['tests/tooling/**/*.test.ts', 'tests/durability/power-cut/**/*.test.ts', 'tests/**/pace.test.ts']

/** Suites that start a server or many programs: their tests may take long, and run apart from the quick ones. */
const heavy = ['tests/durability/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/**/*.{e2e,postgres}.test.ts']

/** By itself the tool leaves one core idle, which of two is half of the machine. */
const maxWorkers = availableParallelism()

const patient = { testTimeout: 120_000, hookTimeout: 120_000 }

/** For the programs that tests start, also where this file is read by the tool alone. */
process.env.NODE_COMPILE_CACHE ??= compileCache

export default defineConfig({
  test: {
    allowOnly: false,
    pool: 'forks',
    execArgv: nodeFlags,
    projects: [
      {
        test: {
          name: 'quick',
          include: ['tests/**/*.test.ts'],
          exclude: [...heavy, ...browser, ...alone],
          isolate: false,
          testTimeout: 15_000,
          hookTimeout: 30_000,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'heavy',
          include: heavy,
          exclude: [...browser, ...alone],
          isolate: false,
          globalSetup: 'tests/support/postgres-data.ts',
          ...patient,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          isolate: false,
          ...patient,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: { name: 'alone', include: alone, ...patient, fileParallelism: false, sequence: { groupOrder: 3 } },
      },
    ],
  },
})
