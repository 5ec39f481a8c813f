import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { dataFolder } from '../../main/commands/data-folder.ts'
import { folderChecks } from '../../main/commands/folder-checks.ts'
import { keyFile } from '../../main/database/key.ts'
import { openConnection } from '../../main/database/open.ts'
import { practiceEmail, practicePassword } from '../../main/domains/setup/practice.ts'
import { memoryCredentials } from '../support/app.ts'
import { runCli } from '../support/cli.ts'

let folder: string
let filled: string
let said: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-cli-'))
  filled = join(folder, 'filled')
  said = (await runCli('practice', '--data', filled)).stdout
  await withPeople(filled)
})
afterAll(() => rmSync(folder, { recursive: true }))

let data: string
let copies = 0
beforeEach(() => {
  copies += 1
  data = join(folder, `data-${copies}`)
})

/** The practice centre in a folder of its own. */
function copy() {
  cpSync(filled, data, { recursive: true })
  chmodSync(data, 0o700)
}

/** Two people more, whatever the practice centre has. */
async function withPeople(dataDir: string) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const context = { credentials: memoryCredentials(), ipAddress: '', userAgent: 'test' }
  const client = createRouterClient(app.router, { context })
  await client.identity.signIn({ email: practiceEmail, password: practicePassword })
  for (const name of ['Zaynab Zidane', 'Zoé Zola']) await client.beneficiaries.create({ name })
  await app.close()
}

/** Writes into the database itself. */
async function rewrite(...statements: string[]) {
  const connection = await openCopy()
  for (const statement of statements) connection.exec(statement)
  connection.close()
}

async function openCopy() {
  const key = await keyFile(join(data, 'bdc.key')).load()
  if (!key) throw new Error('The copy has no key.')
  return openConnection(join(data, 'bdc.db'), key)
}

describe('practice', () => {
  it('refuses a folder that has a centre already, with 1, and changes nothing', async () => {
    copy()
    const before = readFileSync(join(data, 'bdc.db'))
    const { code, stdout, stderr } = await runCli('practice', '--data', data)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(`There is a centre in ${data} already: give an empty folder.\n`)
    expect(readFileSync(join(data, 'bdc.db')).equals(before)).toBe(true)
  })

  it('says where the centre is and how to sign in', () => {
    expect(said).toContain(filled)
    expect(said).toContain(practiceEmail)
    expect(said).toContain(practicePassword)
  })
})

describe('schema', () => {
  it.each(['sqlite', 'postgres'])('prints every table of the seed for %s', async (dialect) => {
    const { code, stdout, stderr } = await runCli('schema', '--dialect', dialect)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const table of ['users', 'beneficiaries', 'assessments', 'responses', 'settings']) {
      expect(stdout).toMatch(new RegExp(`CREATE TABLE ${table}\\b`))
    }
  })

  it('prints what an empty database can read, and becomes one of ours by', async () => {
    const { default: Sqlite } = await import('better-sqlite3')
    const { stdout } = await runCli('schema', '--dialect', 'sqlite')
    const fresh = new Sqlite(':memory:')
    fresh.exec(stdout)
    copy()
    const key = await keyFile(join(data, 'bdc.key')).load()
    const ours = openConnection(join(data, 'bdc.db'), key ?? Buffer.alloc(0))
    const objects = `SELECT type, name, sql FROM sqlite_schema WHERE name <> 'schema_steps' ORDER BY type, name`
    expect(fresh.prepare(objects).all()).toEqual(ours.prepare(objects).all())
    fresh.close()
    ours.close()
  })
})

describe('migrate', () => {
  it('makes a new database and names the steps it took, and then has nothing to do', async () => {
    const first = await runCli('migrate', '--data', data)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^Took the step 0001-foundation\.\n(Took the step \d{4}-[a-z-]+\.\n)+$/)
    const second = await runCli('migrate', '--data', data)
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: 'The database is up to date: nothing was done.\n' })
  })

  it('takes only the steps that are missing', async () => {
    copy()
    const [last] = await lastStep()
    await rewrite(...downOf(last))
    expect(await runCli('migrate', '--data', data)).toMatchObject({ code: 0, stdout: `Took the step ${last}.\n` })
  })

  it('refuses a database from a newer version with 4', async () => {
    copy()
    const [, number] = await lastStep()
    await rewrite(
      `INSERT INTO schema_steps VALUES (${number + 1}, '${String(number + 1).padStart(4, '0')}-tomorrow', 'x', 'x')`,
      `PRAGMA user_version = ${number + 1}`,
    )
    const { code, stdout, stderr } = await runCli('migrate', '--data', data)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(/newer BDC.*tomorrow.*install the newest BDC/)
  })

  it('says with 5 that the key is missing, and makes no other', async () => {
    copy()
    rmSync(join(data, 'bdc.key'))
    const { code, stdout, stderr } = await runCli('migrate', '--data', data)
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toMatch(/its key is not\. Put the key back/)
    expect(existsSync(join(data, 'bdc.key'))).toBe(false)
  })

  it('says with 5 that the key is in the keychain of the window', async () => {
    copy()
    rmSync(join(data, 'bdc.key'))
    writeFileSync(join(data, 'bdc.key.sealed'), '{}')
    const { code, stderr } = await runCli('migrate', '--data', data)
    expect({ code, stderr }).toMatchObject({ code: 5, stderr: expect.stringContaining('sealed by the keychain') })
  })

  it('says what to look at when the database of the centre does not answer, without the password', async () => {
    const { code, stdout, stderr } = await runCli(
      'migrate',
      '--dialect',
      'postgres',
      '--url',
      'postgres://u:SECRET@127.0.0.1:1/d',
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('does not answer')
    expect(stderr).not.toContain('SECRET')
  })

  async function lastStep(): Promise<[string, number]> {
    const { migrationsFolder, stepsIn } = await import('../../main/database/steps.ts')
    const last = stepsIn(migrationsFolder('sqlite')).at(-1)
    if (!last) throw new Error('There are no steps.')
    return [last.name, last.number]
  }

  function downOf(name: string): string[] {
    const down = readFileSync(join(import.meta.dirname, `../../migrations/sqlite/${name}.down.sql`), 'utf8')
    const number = Number(name.slice(0, 4))
    return [down, `DELETE FROM schema_steps WHERE number = ${number}`, `PRAGMA user_version = ${number - 1}`]
  }
})

describe('doctor', () => {
  const failures = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('FAILED'))

  async function diagnose() {
    const outcome = await runCli('doctor', '--data', data)
    return { ...outcome, failures: failures(outcome.stdout) }
  }

  it('finds nothing wrong with a healthy centre, and changes nothing', async () => {
    copy()
    const before = readFileSync(join(data, 'bdc.db'))
    const { code, stdout, stderr } = await diagnose()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.trim().split('\n')).toHaveLength(10)
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^ok {6}\w/)
    expect(readFileSync(join(data, 'bdc.db')).equals(before)).toBe(true)
  })

  const sick: [string, () => Promise<void> | void, RegExp][] = [
    ['no data', () => {}, /data folder: there is no BDC data in/],
    [
      'a folder that is open to others',
      () => chmodSync(data, 0o755),
      /data folder mode: other people .* run "chmod 700 /,
    ],
    [
      'a key that others can read',
      () => chmodSync(join(data, 'bdc.key'), 0o644),
      /key file mode: other people .* run "chmod 600 /,
    ],
    [
      'a database that others can read',
      () => chmodSync(join(data, 'bdc.db'), 0o640),
      /database file mode: other people/,
    ],
    ['no key', () => rmSync(join(data, 'bdc.key')), /opens with its key: there is no key: put it back/],
    ['half a key', () => truncateSync(join(data, 'bdc.key'), 20), /opens with its key: The key file .* is damaged/],
    [
      'the key of other data',
      () => writeFileSync(join(data, 'bdc.key'), 'ab'.repeat(32)),
      /The key does not open .*Put the key and the database of the same backup/,
    ],
    [
      'a flipped bit',
      async () => flip(join(data, 'bdc.db'), ((await rootPage('papers')) - 1) * 4096 + 99),
      /(integrity|references|list of people): the file is damaged \(.*\): stop using this data and restore/,
    ],
    [
      'half a file',
      () => truncateSync(join(data, 'bdc.db'), 60 * 4096),
      /: the file is damaged \(.*\): stop using this data and restore/,
    ],
    [
      'a log that is kept another way',
      () => rewrite('PRAGMA journal_mode = DELETE'),
      /settings: not as they should be \(journal_mode\)/,
    ],
    [
      'an orphan',
      () => rewrite('PRAGMA foreign_keys = OFF', 'DELETE FROM users WHERE id = 2'),
      /references: \d+ rows, the first in/,
    ],
    [
      'a step that is not in this version',
      () => rewrite(`UPDATE schema_steps SET sha256 = 'x' WHERE number = 2`),
      /schema version: .* differs from the one/,
    ],
    [
      'a name that the list does not know',
      () =>
        rewrite(
          `UPDATE users SET name = 'Somebody Else' WHERE role = 'student' AND id = (SELECT max(id) FROM users WHERE role = 'student')`,
        ),
      /list of people: 1 people/,
    ],
    [
      'a person who is not in the list',
      () => rewrite('DELETE FROM people_index WHERE beneficiary_id = (SELECT max(id) FROM beneficiaries)'),
      /list of people: 1 people/,
    ],
  ]

  it.each(sick)('finds %s, says what to do, and ends with 1', async (what, spoil, problem) => {
    if (what !== 'no data') copy()
    await spoil()
    const { code, failures, stderr } = await diagnose()
    expect(failures.join('\n')).toMatch(problem)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^\d+ of \d+ checks failed: do what their lines say, and check again\.\n$/)
  })

  it('finds a disk that is too full for the copy before an update', () => {
    copy()
    truncateSync(join(data, 'bdc.db'), 8e12)
    expect(folderChecks['free disk space']?.(dataFolder(data))).toMatch(/^\d+ MB are free and 24000000 MB are wanted/)
  })

  it('does not make anything where nothing is', async () => {
    await diagnose()
    expect(existsSync(data)).toBe(false)
  })

  /** Where the rows of a table begin in the file; pages are counted from 1. */
  async function rootPage(table: string): Promise<number> {
    const connection = await openCopy()
    const find = connection.prepare<[string], { rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    const number = find.get(table)?.rootpage
    connection.close()
    if (number === undefined) throw new Error(`There is no table ${table}.`)
    return number
  }

  function flip(path: string, offset: number) {
    const byte = readFileSync(path)[offset] ?? 0
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.from([byte ^ 1]), 0, 1, offset)
    closeSync(file)
  }
})
