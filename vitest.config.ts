import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nodeFlags, root } from './scripts/project.mjs'

/** Suites of screens in a browser that all share: one after the other, since each of them uses every core. */
const browser = ['tests/e2e/**/*.test.ts']

/** Other suites that use every core by themselves: one after the other, and apart from all others. */
const alone = ['tests/tooling/**/*.test.ts', 'tests/durability/power-cut/**/*.test.ts']

/** Suites that start a server or many programs: their tests may take long, and run apart from the quick ones. */
const heavy = ['tests/durability/**/*.test.ts', 'tests/**/*.{e2e,postgres}.test.ts']

/** By itself the tool leaves one core idle, which of two is half of the machine. */
const maxWorkers = availableParallelism()

const patient = { testTimeout: 120_000, hookTimeout: 120_000 }

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
          // Half of the work of a start is reading the same sources again.
          env: { NODE_COMPILE_CACHE: join(root, '.cache/compiled') },
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
