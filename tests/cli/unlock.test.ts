import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isAnswer } from '../../main/domains/identity/head-office.ts'
import { checkLetter } from '../../shared/spoken-code.ts'
import { runCli } from '../support/cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-unlock-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const request = `K7QM2XVD9HTC${checkLetter('K7QM2XVD9HTC')}`
const email = 'tom@example.org'
const asked = ['--request', request, '--email', email]

it.each([
  [['unlock'], /keygen or sign/],
  [['unlock', 'open'], /keygen or sign/],
  [['unlock', 'keygen'], /--key is missing/],
  [['unlock', 'sign', '--key', 'x'], /--request is missing/],
])('%j is said in one sentence, with 2', async (args, sentence) => {
  const { code, stdout, stderr } = await runCli(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(sentence)
})

it('makes a key for its owner alone, never over another, and answers a request with it', async () => {
  const key = join(folder, 'office.pem')
  const made = await runCli('unlock', 'keygen', '--key', key)
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(statSync(key).mode & 0o777).toBe(0o600)
  const before = readFileSync(key, 'utf8')
  const again = await runCli('unlock', 'keygen', '--key', key)
  expect(again).toMatchObject({ code: 1, stdout: '' })
  expect(again.stderr).toMatch(/there already/)
  expect(readFileSync(key, 'utf8')).toBe(before)

  const misheard = await runCli(
    'unlock',
    'sign',
    '--key',
    key,
    '--request',
    request.replace('K', 'Q'),
    '--email',
    email,
  )
  expect(misheard).toMatchObject({ code: 1, stdout: '' })
  expect(misheard.stderr).toMatch(/misheard/)
  const { stdout } = await runCli('unlock', 'sign', '--key', key, ...asked)
  expect(stdout.trim().split('\n')).toHaveLength(13)
  expect(stdout.replace(/\s/g, '')).toHaveLength(117)
  expect(isAnswer(stdout, request, email, made.stdout.trim())).toBe(true)
  expect(isAnswer(stdout, request, 'ada@example.org', made.stdout.trim())).toBe(false)
})

it('says so where there is no key, and writes nothing', async () => {
  const { code, stderr } = await runCli('unlock', 'sign', '--key', join(folder, 'none.pem'), ...asked)
  expect(code).toBe(1)
  expect(stderr).toMatch(/holds no private key/)
  expect(existsSync(join(folder, 'none.pem'))).toBe(false)
  expect((await runCli('unlock', 'keygen', '--key', join(folder, 'no', 'such.pem'))).stderr).toMatch(
    /folder is missing/,
  )
})
