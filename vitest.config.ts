import { defineConfig } from 'vitest/config'

/** Suites that start a browser, a server, the tool chain or many programs: one after the other, and apart from all others. */
const heavy = [
  'tests/e2e/**/*.test.ts',
  'tests/tooling/**/*.test.ts',
  'tests/durability/**/*.test.ts',
  'tests/**/*.{e2e,postgres}.test.ts',
]

export default defineConfig({
  test: {
    allowOnly: false,
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'quick',
          include: ['tests/**/*.test.ts'],
          exclude: heavy,
          testTimeout: 15_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'heavy',
          include: heavy,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
