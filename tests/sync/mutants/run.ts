import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutant, mutants } from './mutants.ts'

/** Plants one fault after the other into a copy of the sources and sees whether the suite notices. */
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, seeds: { type: 'string', default: '300' } },
})
const root = join(import.meta.dirname, '..', '..', '..')
const chosen = mutants.filter(({ name, file }) => `${name} ${file}`.includes(values.only))
const survivors: Mutant[] = []
let killed = 0

const folder = mkdtempSync(join(tmpdir(), 'bdc-mutants-'))
try {
  for (const part of [
    'main',
    'shared',
    'migrations',
    'tests',
    'package.json',
    'tsconfig.base.json',
    'vitest.config.ts',
  ])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const before = noticedBy('main/sync/merge.ts', '20')
  if (before) throw new Error(`The suite fails without any fault: ${before}`)
  for (const mutant of chosen) {
    const seen = tried(mutant)
    if (seen) killed += 1
    else survivors.push(mutant)
    process.stdout.write(
      `${seen ? 'killed  ' : 'SURVIVED'} ${mutant.name} (${mutant.file})${seen ? `: ${seen}` : ''}\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const open = survivors.filter(({ equivalent }) => equivalent === undefined)
for (const { name, equivalent } of survivors)
  if (equivalent) process.stdout.write(`equivalent: ${name}. ${equivalent}\n`)
process.stdout.write(
  `${killed} of ${chosen.length} killed, ${survivors.length - open.length} equivalent, ${open.length} survived\n`,
)
if (open.length > 0) process.exitCode = 1

/** What noticed it, or undefined. */
function tried({ file, from, to, name }: Mutant): string | undefined {
  const path = join(folder, file)
  const original = readFileSync(path, 'utf8')
  const parts = original.split(from)
  if (parts.length !== 2) throw new Error(`What "${name}" replaces stands ${parts.length - 1} times in ${file}.`)
  writeFileSync(path, parts.join(to))
  try {
    return noticedBy(file, values.seeds)
  } finally {
    writeFileSync(path, original)
  }
}

function noticedBy(file: string, seeds: string): string | undefined {
  const rules = ['node_modules/vitest/vitest.mjs', 'run', 'tests/sync/merge.test.ts']
  if (/merge|state/.test(file) && failed(rules)) return 'the rules of merging'
  return failed(['tests/sync/mutants/trial.ts', seeds])
}

function failed(args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 600_000,
  })
  if (status === 0) return undefined
  if (status === null) return 'it never ended'
  return (stdout.trim() || stderr.trim()).split('\n').at(-1)?.slice(0, 160) ?? 'it failed'
}
