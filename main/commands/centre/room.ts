import { organizationNamed, setRoom } from '../../centre/enrolment.ts'
import type { Options } from '../catalog.ts'
import { required, wholeNumber } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/** How much the documents of an organization may take at the centre; what is there already stays. */
export async function centreRoom(options: Options) {
  const name = required(options, 'organization')
  const gigabytes = wholeNumber(options, 'gigabytes', 0, 1_000_000)
  await atCentre(databaseUrl(options), async (client) => {
    await setRoom(client, await organizationNamed(client, name), gigabytes * 1024 ** 3)
    process.stdout.write(`Documents of ${JSON.stringify(name)} may take ${gigabytes} GB at the centre.\n`)
  })
}
