import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { nodeFlags } from '../../scripts/project.mjs'

const cli = join(import.meta.dirname, '../../main/cli.ts')
const Ready = z.object({ url: z.string(), pid: z.int() })

export interface Program extends AsyncDisposable {
  url: string
  port: number
  pid: number
  /** As a power cut would: no chance to finish anything. */
  kill(): Promise<void>
}

/**
 * Starts the program in a process of its own, as a user does, and waits until it says where it is. 0 takes a free port;
 * `words` may begin the command line, to start it somewhere else.
 */
export async function startProgram(
  dataDir: string,
  port = 0,
  [command, ...words]: readonly string[] = [],
): Promise<Program> {
  const serve = [...nodeFlags, cli, 'serve', '--data', dataDir, '--port', String(port)]
  const child = spawn(command ?? process.execPath, command ? [...words, process.execPath, ...serve] : serve, {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, pid } = await readyLine(child)
  return {
    url,
    pid,
    port: Number(new URL(url).port),
    kill: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  }
}

async function readyLine(child: ChildProcess & { stdout: NodeJS.ReadableStream | null }) {
  if (!child.stdout) throw new Error('The program has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) return Ready.parse(JSON.parse(line))
  throw new Error('The program ended before it was ready.')
}

async function end(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
