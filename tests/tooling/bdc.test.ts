import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '../../scripts/run.mjs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-command-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function bdc(...args: string[]) {
  return run(process.execPath, ['scripts/bdc.mjs', ...args], { env: { ...process.env, INIT_CWD: folder } })
}

it('hands the exit code of a command on', async () => {
  expect(await bdc('no-such-command')).toMatchObject({ code: 2, output: expect.stringContaining('no-such-command') })
})

it('seeks a relative folder where the person stands', async () => {
  const { code, output } = await bdc('doctor', '--data', 'not-here')
  expect(output).toContain(join(folder, 'not-here'))
  expect(code).toBe(1)
})

it('prints nothing but what the command says', async () => {
  const { code, output } = await bdc('schema', '--dialect', 'sqlite')
  expect(code).toBe(0)
  expect(output).toMatch(/^(--|CREATE)/)
})
