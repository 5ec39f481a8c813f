import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toolScript } from '../../scripts/project.mjs'
import { run } from '../../scripts/run.mjs'
import { mirror } from './mirror.ts'

const suites = {
  'tests/mixed.test.ts': `
    import { describe, expect, it } from 'vitest'
    it('passes', () => expect(1).toBe(1))
    it('fails', () => expect(1).toBe(2))
    it('is skipped with a note', (context) => context.skip(true, 'the note'))
    it.skip('is skipped in silence', () => expect(1).toBe(1))
    it.todo('is still to be written')
    describe.skipIf(true)('around', { meta: { skipReason: 'no screen' } }, () => {
      describe('inside', () => it('is skipped', () => expect(1).toBe(1)))
    })`,
  'tests/broken.test.ts': "throw new Error('cannot be loaded')",
  'tests/late.test.ts': `
    import { expect, it } from 'vitest'
    it('passes, but something fails after it', async () => {
      setTimeout(() => { throw new Error('late') }, 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(1).toBe(1)
    })`,
  'vitest.config.ts': "export default { test: { include: ['tests/**/*.test.ts'] } }",
}

it('counts as failed what vitest counts apart, and knows why each test was skipped', async () => {
  using project = mirror(suites)
  const file = join(project.folder, 'counts.json')
  const reporter = join(import.meta.dirname, '../../scripts/test-counts.mjs')
  const { code, output } = await run(process.execPath, [toolScript('vitest'), 'run', `--reporter=${reporter}`], {
    cwd: project.folder,
    env: { ...process.env, BDC_TEST_COUNTS: file },
  })

  const failures = { assertion: 1, brokenFile: 1, lateError: 1, silentSkip: 1, todo: 1 }
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    passed: 2,
    failed: Object.keys(failures).length,
    skipped: [
      { title: 'tests/mixed.test.ts > is skipped with a note', reason: 'the note' },
      { title: 'tests/mixed.test.ts > around > inside > is skipped', reason: 'no screen' },
    ],
  })
  expect(output).toContain('Skipped without a reason: tests/mixed.test.ts > is skipped in silence')
  expect(code).not.toBe(0)
})
