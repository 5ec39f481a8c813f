import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '../../main/commands/catalog.ts'
import { runCli } from '../support/cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-usage-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('wrong usage', () => {
  it.each([
    [[], /Name a command/],
    [['nothing'], /There is no command "nothing"/],
    [['__proto__'], /There is no command "__proto__"/],
    [['serve'], /--data is missing/],
    [['serve', '--data', 'x'], /--port is missing/],
    [['serve', '--data', 'x', '--port', 'many'], /--port takes a whole number from 0 to 65535, not "many"/],
    [['serve', '--data', 'x', '--port', '65536'], /--port takes a whole number/],
    [['serve', '--data', 'x', '--port', '-1'], /--port/],
    [['serve', '--data', 'x', '--port', '1e3'], /--port takes a whole number/],
    [['serve', '--port', '0', '--colour', 'red'], /Unknown option '--colour'/],
    [['serve', 'here'], /Unexpected argument 'here'/],
    [['practice'], /--data is missing/],
    [['practice', '--data', ''], /--data is missing/],
    [['schema'], /--dialect is missing/],
    [['schema', '--dialect', 'oracle'], /--dialect takes sqlite or postgres, not "oracle"/],
    [['migrate', '--dialect', 'postgres'], /--url is missing/],
    [['migrate', '--dialect', 'postgres', '--data', 'x', '--url', 'postgres://h/d'], /--data does not go with/],
    [['migrate', '--data', 'x', '--url', 'postgres://h/d'], /--url does not go with/],
    [['migrate', '--dialect', 'postgres', '--url', 'somewhere secret'], /--url takes an address/],
    [['centre', 'invite', '--database', 'postgres://h/d', '--organization', 'x', '--days', '3'], /go with --direct/],
    [
      ['centre', 'invite', '--database', 'postgres://h/d', '--organization', 'x', '--direct', 'a b'],
      /--direct is HOST:PORT/,
    ],
    [
      [
        'centre',
        'invite',
        '--database',
        'postgres://h/d',
        '--organization',
        'x',
        '--direct',
        'h:1',
        '--authority',
        'no-such-file',
      ],
      /no-such-file is no certificate/,
    ],
    [['doctor'], /--data is missing/],
    [['generate', '--data', 'x', '--beneficiaries', '5'], /--responses is missing/],
    [['generate', '--data', 'x', '--beneficiaries', '0', '--responses', '5'], /--responses needs --beneficiaries/],
    [['generate', '--data', 'x', '--beneficiaries', '9999999', '--responses', '5'], /from 0 to 1000000/],
    [['generate', '--data', 'x', '--beneficiaries', '5', '--responses', '5', '--seed', 'x.5'], /--seed takes a whole/],
  ])('%j is said in one sentence, with 2', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(...args.map((arg) => (arg === 'x' ? join(folder, 'x') : arg)))
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })

  it('never repeats an address that may hold a password', async () => {
    const { stderr } = await runCli('migrate', '--dialect', 'postgres', '--url', 'mysql://me:SECRET@host/db')
    expect(stderr).not.toContain('SECRET')
  })
})

describe('help', () => {
  it('lists all commands and exit codes', async () => {
    const { code, stdout, stderr } = await runCli('--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const name of Object.keys(catalog)) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    for (const exit of [0, 1, 2, 3, 4, 5]) expect(stdout).toMatch(new RegExp(`^  ${exit}  \\w`, 'm'))
  })

  it.each(Object.entries(catalog))('of %s names each of its options', async (name, { options, summary }) => {
    const { code, stdout, stderr } = await runCli(name, '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(summary)
    for (const option of Object.keys(options)) expect(stdout).toContain(`--${option} `)
  })

  it('is not kept waiting by what the commands need', async () => {
    const loaded = await loadedModules('--help')
    expect(loaded).not.toMatch(/fastify|better-sqlite3|bcrypt|orpc|kysely|zod|node_modules\/pg/)
    expect(await loadedModules('serve --help')).not.toMatch(/fastify|better-sqlite3/)
  })
})

/** The addresses of all modules that the command line loads on its way to help. */
async function loadedModules(args: string): Promise<string> {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const cli = join(import.meta.dirname, '../../main/cli.ts')
  const { stderr } = await promisify(execFile)(process.execPath, [cli, ...args.split(' ')], {
    env: { ...process.env, NODE_DEBUG: 'esm,module' },
    maxBuffer: 50_000_000,
  })
  return stderr
}
