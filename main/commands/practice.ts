import { createRouterClient, ORPCError } from '@orpc/server'
import { type App, createApp } from '../app.ts'
import { practiceEmail, practicePassword } from '../domains/setup/practice.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder } from './options.ts'

export async function practice(options: Options) {
  const { dataDir, keys } = dataFolder(folder(options, 'data'), options)
  const app = await createApp({ dataDir, keys })
  try {
    await openPractice(app, dataDir)
  } finally {
    await app.close()
  }
  process.stdout.write(howToSignIn(dataDir))
}

export function howToSignIn(dataDir: string): string {
  return `The practice centre is ready in ${dataDir}.\nSign in as ${practiceEmail} with the password ${practicePassword}.\n`
}

/** What is refused where somebody's centre is. */
export function centreThere(dataDir: string): Error {
  return new Error(`There is a centre in ${dataDir} already: give an empty folder.`)
}

async function openPractice({ router }: App, dataDir: string) {
  const credentials = { read: () => undefined, write: () => {} }
  const client = createRouterClient(router, { context: { credentials, ipAddress: '', userAgent: 'BDC command line' } })
  try {
    await client.setup.openPractice()
  } catch (error) {
    throw error instanceof ORPCError && error.data?.key === 'setup.alreadyDone' ? centreThere(dataDir) : error
  }
}
