import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { runCli, startCli } from './cli.ts'

const Ready = z.object({ url: z.string(), database: z.string(), invitation: z.string() })

export interface DemoCentre extends AsyncDisposable {
  /** For the first device. */
  invitation: string
  invite(): Promise<string>
  /** What `centre devices` prints. */
  devices(): Promise<Record<string, unknown>[]>
  revoke(site: number): Promise<void>
  readmit(site: number): Promise<void>
  rename(site: number, name: string): Promise<void>
  /** Nobody reaches it until it is started again, at the same place and with what it had. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** `bdc centre demo` in processes of its own, as an operator runs it. */
export async function demoCentre(): Promise<DemoCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-demo-'))
  chmodSync(folder, 0o711)
  const data = join(folder, 'centre')
  let running = await run(data, 0)
  const port = Number(new URL(running.url).port)
  const cli = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli('centre', ...args, '--database', running.database)
    if (code !== 0) throw new Error(stderr)
    return stdout
  }
  return {
    invitation: running.invitation,
    invite: async () => (await cli('invite', '--organization', 'Demo')).trim(),
    async devices() {
      const lines = (await cli('devices')).trim().split('\n')
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
    },
    async readmit(site) {
      await cli('readmit', '--site', String(site))
    },
    async rename(site, name) {
      await cli('rename', '--site', String(site), '--name', name)
    },
    async revoke(site) {
      await cli('revoke', '--site', String(site))
    },
    stop: () => running.end(),
    async start() {
      running = await run(data, port)
    },
    async [Symbol.asyncDispose]() {
      await running.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function run(data: string, port: number) {
  const child = startCli(['centre', 'demo', '--data', data, '--port', String(port), '--names', '127.0.0.1'])
  const said: string[] = []
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const ended = once(child, 'close')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [undefined])])
  if (typeof line !== 'string') throw new Error(`The centre did not start: ${said.join('')}`)
  return {
    ...Ready.parse(JSON.parse(line)),
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}
