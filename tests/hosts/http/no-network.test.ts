import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startProgram } from '../../e2e/program.ts'
import { testCentre } from '../../support/centre.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { clientAt } from '../../support/host.ts'

const skipReason = reasonNotToTrace()

function reasonNotToTrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace is a part of Linux'
  const { status } = spawnSync('strace', ['-o', '/dev/null', 'true'])
  return status === 0 ? undefined : 'strace is not installed here, or may not look at other programs'
}

/** Where calls went, as strace writes them down. */
function addressesIn(trace: string): string[] {
  const calls = trace.split('\n').filter((line) => /\b(connect|sendto|sendmsg|sendmmsg)\(/.test(line))
  return calls
    .flatMap((line) => [...line.matchAll(/inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/g)])
    .map(([, four, six]) => four ?? six ?? '')
}

it('item 21: the program speaks to nobody beyond this machine, from its start to its end', {
  skip: skipReason !== undefined,
  meta: { skipReason },
  timeout: 120_000,
}, async () => {
  expect(addressesIn('connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("9.9.9.9")}, 16)')).toEqual(
    ['9.9.9.9'],
  )
  const folder = temporaryFolder()
  const trace = join(folder, 'trace')
  const words = ['strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-o', trace]
  const program = await startProgram(join(folder, 'data'), 0, words)
  const { admin } = await testCentre({ visitor: () => clientAt(program.url) })
  await admin.beneficiaries.create({ name: 'Lina' })
  await admin.backups.begin()
  await expect.poll(async () => (await admin.backups.state()).backups.length, { timeout: 45_000 }).toBe(1)
  expect((await fetch(program.url)).status).toBe(200)
  process.kill(program.pid, 'SIGTERM')
  await program[Symbol.asyncDispose]()
  expect(addressesIn(readFileSync(trace, 'utf8')).filter((address) => !/^127\.|^::1$/.test(address))).toEqual([])
})
