import { tidy } from '../../centre/tidy.ts'
import type { Options } from '../catalog.ts'
import { atCentre, databaseUrl } from './database.ts'

/** At once what "centre start" does by itself every day. */
export async function centreTidy(options: Options) {
  const tidied = await atCentre(databaseUrl(options), (client) => tidy(client, 0))
  const lines = tidied.map(({ organization, gone }) => `${organization}: ${gone} deletions forgotten.\n`)
  process.stdout.write(`${lines.join('')}The centre is tidy.\n`)
}
