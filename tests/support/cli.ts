import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { nodeFlags } from '../../scripts/project.mjs'

const cli = join(import.meta.dirname, '../../main/cli.ts')

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the command line in a process of its own, to its end. */
export async function runCli(...args: string[]): Promise<Outcome> {
  const child = startCli(args)
  const [stdout, stderr, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

export interface Serving extends AsyncDisposable {
  url: string
  pid: number
  data: string
  process: ChildProcess
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Outcome>
}

/** Runs `serve` until it is ready; its line is parsed. */
export async function serveCli(...args: string[]): Promise<Serving> {
  const child = startCli(['serve', ...args])
  const stderr = textOf(child.stderr)
  const lines: string[] = []
  const firstLine = new Promise<string | undefined>((resolve) => {
    createInterface(child.stdout)
      .on('line', (line) => {
        lines.push(line)
        resolve(line)
      })
      .on('close', () => resolve(undefined))
  })
  const ended = once(child, 'close')
  const line = await firstLine
  if (line === undefined) throw new Error(`serve ended before it was ready: ${await stderr}`)

  async function stop(signal: NodeJS.Signals): Promise<Outcome> {
    child.kill(signal)
    const [code] = await ended
    return { code, stdout: lines.map((text) => `${text}\n`).join(''), stderr: await stderr }
  }
  return {
    ...(JSON.parse(line) as { url: string; pid: number; data: string }),
    process: child,
    stop,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await stop('SIGKILL')
    },
  }
}

export function startCli(args: string[]) {
  return spawn(process.execPath, [...nodeFlags, cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
