import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../../shared/contract/index.ts'
import { channelDouble, electronDouble, ourFrame } from './double.ts'

/**
 * Runs the built main process in plain Node, with the double in the place of Electron, and says what it did:
 * node run-bundle.ts <folder with main.js> <folder for user data>
 */
const [bundle = '', userData = ''] = process.argv.slice(2)
const double = electronDouble({ userData, isPackaged: true })
Object.assign(globalThis, { electronDouble: double.electron })

const names = Object.keys(double.electron).join(', ')
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: 'double:electron', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'double:electron'
      ? { format: 'module', source: `export const { ${names} } = globalThis.electronDouble`, shortCircuit: true }
      : next(url, context),
})
await import(pathToFileURL(join(bundle, 'main.js')).href)
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    if (!['window', 'exit 1'].includes(double.log.at(-1) ?? '')) return
    clearInterval(timer)
    resolve()
  }, 10)
})

const { page, main } = channelDouble()
double.ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [main] })
const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: page }))
const html = await double.protocols.get('app')?.({ url: 'app://main/', method: 'GET' } as Request)
const said = {
  log: double.log,
  errors: double.asked.errors,
  page: html?.status,
  preload: double.onlyWindow().options.webPreferences?.preload,
  setup: await client.setup.status(),
  limits: process.platform === 'linux' ? readFileSync('/proc/self/limits', 'utf8') : '',
}
double.app.on('will-quit', () => setTimeout(() => process.exit(0), 100))
console.log(JSON.stringify(said))
page.close()
double.app.quit()
