import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { runCli, startCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

async function peopleIn(dataDir: string) {
  const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
  const people = await database.reader.selectFrom('users').select(['id', 'name', 'email']).orderBy('id').execute()
  const answers = await database.reader.selectFrom('responses').select(['answer']).orderBy('id').execute()
  await database.close()
  return {
    // Who has no address gets a random one that is never shown.
    people: people.map((person) => ({ ...person, email: person.email.replace(/^.*\.invalid$/, '') })),
    answers: answers.map(({ answer }) => answer),
  }
}

const generate = (data: string, ...size: string[]) =>
  runCli('generate', '--data', data, ...(size.length > 0 ? size : ['--beneficiaries', '300', '--responses', '500']))

describe('generate', () => {
  it('refuses a folder that has a centre already, with 1, and adds nobody to it', async () => {
    const data = join(temporaryFolder(), 'data')
    await runCli('practice', '--data', data)
    const before = await peopleIn(data)
    expect(await generate(data)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `There is a centre in ${data} already: give an empty folder.\n`,
    })
    expect(await peopleIn(data)).toEqual(before)
  })

  it('leaves nothing behind when it is killed on its way', async () => {
    const data = join(temporaryFolder(), 'data')
    const child = startCli(['generate', '--data', data, '--beneficiaries', '900000', '--responses', '0'])
    await once(child.stderr, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await runCli('practice', '--data', data)).toMatchObject({ code: 0 })
  })

  it('gives what was asked for in one line, how to sign in, and the progress apart from both', async () => {
    const data = join(temporaryFolder(), 'data')
    const { code, stdout, stderr } = await generate(data)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Generated 300 people and 5\d\d answers in \d+ attempts at \d+ assessments\.\n/)
    expect(stdout).toContain('Sign in as')
    expect(stderr).toMatch(/^(\d+ of 300 people, \d+ of 500 answers\n)+$/)
    expect((await runCli('doctor', '--data', data)).code).toBe(0)
  })

  it('gives the same people and answers for the same seed, and others for another', async () => {
    const folder = temporaryFolder()
    const [one, same, other] = [join(folder, 'one'), join(folder, 'same'), join(folder, 'other')]
    const size = ['--beneficiaries', '100', '--responses', '100']
    await generate(one, ...size, '--seed', '7')
    await generate(same, ...size, '--seed', '7')
    await generate(other, ...size, '--seed', '8')
    const first = await peopleIn(one)
    expect(first.people.length).toBeGreaterThan(100)
    expect(await peopleIn(same)).toEqual(first)
    expect((await peopleIn(other)).people).not.toEqual(first.people)
  })
})
