import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { dataFolder } from '../../main/commands/data-folder.ts'
import { builtScreens, serveFolder } from '../../main/commands/serve-folder.ts'
import { leastCost } from '../../main/keys/passphrase.ts'
import { nodeFlags } from '../../scripts/project.mjs'
import { quickPasswords } from '../support/app.ts'

const cli = join(import.meta.dirname, '../../main/cli.ts')
const Ready = z.object({ url: z.string(), pid: z.int() })

export interface Program extends AsyncDisposable {
  url: string
  port: number
}

export interface ProgramProcess extends Program {
  pid: number
  /** As a power cut would: no chance to finish anything. */
  kill(): Promise<void>
}

/**
 * The program without a process of its own, on the key file in `dataDir`: what a process serves, with passwords and
 * passphrases that take no time.
 */
export async function openProgram(dataDir: string, port = 0): Promise<Program> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<'stopped'>()
  const { promise: ready, resolve: announce } = Promise.withResolvers<string>()
  const ended = serveFolder({
    data: dataFolder(dataDir),
    port,
    rendererDir: builtScreens('renderer'),
    stopped,
    announce,
    costs: { passwords: quickPasswords, passphraseCost: leastCost },
  })
  const url = await Promise.race([ready, ended])
  if (url === undefined) throw new Error('The program ended before it was ready.')
  return {
    url,
    port: Number(new URL(url).port),
    async [Symbol.asyncDispose]() {
      stop('stopped')
      await ended
    },
  }
}

/**
 * Starts the program in a process of its own, as a user does, and waits until it says where it is. 0 takes a free port;
 * `words` may begin the command line, to start it somewhere else.
 */
export async function startProgram(
  dataDir: string,
  port = 0,
  [command, ...words]: readonly string[] = [],
): Promise<ProgramProcess> {
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
