import { join } from 'node:path'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { quickPasswords } from './app.ts'

/** Opens a centre in a process of its own, which agrees with the calendars elsewhere at its start, until somebody kills it. */
const [dataDir = ''] = process.argv.slice(2)
await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
setInterval(() => {}, 1000)
