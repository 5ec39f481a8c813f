import { type CommandEntry, catalog } from './catalog.ts'
import { exitCodes } from './exit.ts'

const program = 'node main/cli.ts'

export function overview(): string {
  const commands = Object.entries(catalog).map(([name, { summary }]) => [name, summary] as const)
  return [
    'BDC for operators and scripts. Results go to standard output, everything else to standard error.',
    '',
    `Usage: ${program} COMMAND [OPTIONS]`,
    '',
    'Commands:',
    ...columns(commands),
    '',
    `"${program} COMMAND --help" shows the options of a command.`,
    '',
    ...exits(),
    '',
    'With BDC_DEBUG=1 in the environment an error shows where it comes from.',
    '',
  ].join('\n')
}

export function helpFor(name: string, { summary, usages, options }: CommandEntry): string {
  const rows = Object.entries(options).map(([option, [value, meaning]]) => [`--${option} ${value}`, meaning] as const)
  return [
    summary,
    '',
    ...usages.map((usage, index) => `${index === 0 ? 'Usage:' : '      '} ${program} ${usage}`),
    '',
    `Options of ${name}:`,
    ...columns([...rows, ['--help', 'Show this.']]),
    '',
    ...exits(),
    '',
  ].join('\n')
}

function exits(): string[] {
  return ['Exit codes:', ...columns(Object.values(exitCodes).map(([code, meaning]) => [String(code), meaning]))]
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`)
}
