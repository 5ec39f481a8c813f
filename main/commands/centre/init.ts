import { initCentre } from '../../centre/init.ts'
import type { Options } from '../catalog.ts'
import { passphraseOf } from '../passphrase-option.ts'
import { atDatabase, databaseUrl } from './database.ts'

/** Prints the name of each step it took, and that the centre is ready. */
export async function centreInit(options: Options) {
  const url = databaseUrl(options)
  const gatewayPassword = passphraseOf(options, 'gateway-password-file')
  const given = {
    ...(options.prefix !== undefined && { prefix: options.prefix }),
    ...(gatewayPassword !== undefined && { gatewayPassword }),
  }
  const taken = await atDatabase(url, (client) => initCentre(client, given))
  const lines = [...taken.map((name) => `Took the step ${name}.`), 'The centre is ready.']
  process.stdout.write(`${lines.join('\n')}\n`)
}
