import { parseArgs } from 'node:util'
import { type CommandEntry, catalog, type Options } from './catalog.ts'
import { exitCodeOf, exitCodes, WrongUsage } from './exit.ts'
import { helpFor, overview } from './help.ts'

/** Runs the command that the arguments name and returns the exit code. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  try {
    await dispatch(argv)
    return exitCodes.ok[0]
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`)
    return exitCodeOf(error)
  }
}

/** `audit verify` is one name. */
function named([first, second, ...others]: readonly string[]): readonly string[] {
  const pair = `${first} ${second}`
  return Object.hasOwn(catalog, pair)
    ? [pair, ...others]
    : [first, second, ...others].filter((word) => word !== undefined)
}

async function dispatch(argv: readonly string[]) {
  const [name, ...rest] = named(argv)
  if (name === '--help' || name === '-h') return print(overview())
  if (name === undefined) throw new WrongUsage('Name a command: --help lists them.')
  const entry = Object.hasOwn(catalog, name) ? catalog[name] : undefined
  if (!entry) throw new WrongUsage(`There is no command ${JSON.stringify(name)}: --help lists those there are.`)

  const { action, args } = actionOf(name, entry, rest)
  const { help, ...options } = parse(name, entry, args)
  if (help) return print(helpFor(name, entry))
  const command = await entry.load()
  await command({ ...(options as Options), action })
}

function actionOf(name: string, { actions }: CommandEntry, rest: readonly string[]) {
  const [first, ...args] = rest
  if (!actions || first === '--help' || first === '-h') return { args: rest }
  if (first !== undefined && actions.includes(first)) return { action: first, args }
  throw new WrongUsage(`${name} takes ${actions.join(' or ')}: "${name} --help" shows how.`)
}

function parse(name: string, entry: CommandEntry, args: readonly string[]) {
  const known = Object.keys(entry.options).map((option) => [option, { type: 'string' }] as const)
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(known), help: { type: 'boolean', short: 'h' } },
    })
    return values
  } catch (error) {
    const [problem] = (error as Error).message.split(/\.\s/)
    throw new WrongUsage(`${problem}: "${name} --help" shows the options.`, { cause: error })
  }
}

function print(text: string) {
  process.stdout.write(text)
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return process.env.BDC_DEBUG ? (error.stack ?? error.message) : error.message
}
