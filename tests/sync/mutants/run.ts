import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Mutant } from './mutant.ts'
import { mutants } from './mutants.ts'

/** Plants one fault after the other into a copy of the sources and sees whether the suite notices. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '400' },
    /** Of those that `only` chooses: two runs beside each other each take one half, `1/2` and `2/2`. */
    part: { type: 'string', default: '1/1' },
  },
})
const root = join(import.meta.dirname, '..', '..', '..')
const [part = 1, parts = 1] = values.part.split('/').map(Number)
const chosen = mutants
  .filter(({ name, file }) => new RegExp(values.only).test(`${name} ${file}`))
  .filter((_, index) => index % parts === part - 1)
const survivors: Mutant[] = []
/** Every world is full of edits: where none notices this, what they say is not heard. */
const control = {
  name: 'nothing is ever sealed',
  file: 'main/sync/seal.ts',
  from: 'if (membership.former !== null) return false',
  to: 'return false',
}
/** Beyond it a world has lost its way: a fault may well make two ends talk for ever. A test says nothing until it ends. */
const silentMs = { world: 60_000, test: 600_000 }

const folder = mkdtempSync(join(tmpdir(), 'bdc-mutants-'))
try {
  for (const name of [
    'main',
    'shared',
    'renderer',
    'scripts',
    'migrations',
    'tests',
    'package.json',
    'tsconfig.base.json',
    'vitest.config.ts',
  ])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const before = await noticedBy({ file: 'main/sync/merge.ts' }, 5)
  if (before) throw new Error(`The suite fails without any fault: ${before}`)
  if (!(await planted(control, () => failed(worlds('real', 5))))) throw new Error(`No world notices: ${control.name}.`)
  for (const mutant of chosen) {
    const seen = await tried(mutant)
    if (!seen) survivors.push(mutant)
    process.stdout.write(
      `${seen ? 'killed  ' : 'SURVIVED'} ${mutant.name} (${mutant.file})${seen ? `: ${seen}` : ''}\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

process.stdout.write(
  `${chosen.length - survivors.length} of ${chosen.length} killed, ${survivors.length} survived${survivors.map(({ name }) => `\n  ${name}`).join('')}\n`,
)
if (survivors.length > 0) process.exitCode = 1

/** What noticed it, or undefined. */
function tried(mutant: Mutant): Promise<string | undefined> {
  return planted(mutant, () => noticedBy(mutant, Number(values.seeds)))
}

async function planted<Seen>({ name, file, from, to }: Mutant, look: () => Promise<Seen>): Promise<Seen> {
  const path = join(folder, file)
  const original = readFileSync(path, 'utf8')
  const around = original.split(from)
  if (around.length !== 2) throw new Error(`What "${name}" replaces stands ${around.length - 1} times in ${file}.`)
  writeFileSync(path, around.join(to))
  try {
    return await look()
  } finally {
    writeFileSync(path, original)
  }
}

/** The cheapest first: what was written for it, the rules, worlds of the model, some real worlds, and then all of them. */
async function noticedBy(
  { file, tests = [] }: Pick<Mutant, 'file' | 'tests'>,
  seeds: number,
): Promise<string | undefined> {
  for (const args of [...tests.map((test) => vitest(test)), ...worldsFor(file, seeds)]) {
    const seen = await failed(args)
    if (seen) return seen
  }
  return undefined
}

/** What is the centre's alone is seen only where there is one; what stands before it at its door, in no world at all. */
function worldsFor(file: string, seeds: number): string[][] {
  if (file.startsWith('main/hosts') || file.startsWith('main/domains')) return []
  if (/^migrations\/postgres|^main\/centre/.test(file)) return [worlds('postgres', seeds)]
  return [
    ...(/merge|state/.test(file) ? [vitest('merge.test.ts')] : []),
    ...(/merge|state|reference/.test(file) ? [worlds('model', seeds)] : []),
    worlds('real', seeds),
  ]
}

function vitest(test: string): string[] {
  return [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--bail=1',
    '--testTimeout=120000',
    join('tests/sync', test),
  ]
}

function worlds(kind: 'model' | 'real' | 'postgres', seeds: number): string[] {
  return ['tests/sync/mutants/trial.ts', kind, String(seeds)]
}

function failed(args: string[]): Promise<string | undefined> {
  const test = args.find((arg) => arg.endsWith('.test.ts'))
  const which = test ?? `a ${args[1]} world`
  const patienceMs = test ? silentMs.test : silentMs.world
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
    let said = ''
    let isSilent = false
    const giveUp = () => {
      isSilent = true
      child.kill('SIGKILL')
    }
    let watch = setTimeout(giveUp, patienceMs)
    const hear = (data: Buffer) => {
      said += data.toString()
      clearTimeout(watch)
      watch = setTimeout(giveUp, patienceMs)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', (code) => {
      clearTimeout(watch)
      if (code === 0) resolve(undefined)
      else resolve(`${which}: ${isSilent ? 'it never ended' : lastWords(said)}`)
    })
  })
}

function lastWords(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const told =
    lines.find((line) => line.startsWith(' FAIL ')) ?? lines.find((line) => line.startsWith('seed ')) ?? lines.at(-1)
  return (told ?? 'it failed').trim().slice(0, 160)
}
