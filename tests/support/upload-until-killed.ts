import { join } from 'node:path'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { pieceBytes } from '../../shared/contract/documents.ts'
import { memoryCredentials, quickPasswords, visitorOf } from './app.ts'
import { password } from './centre.ts'
import { noise } from './documents.ts'

/** Sends a large file in a process of its own, and says of each piece that it is stored, until somebody kills it. */
const [dataDir = '', email = ''] = process.argv.slice(2)
const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
const staff = visitorOf(app, memoryCredentials())
await staff.identity.signIn({ email, password })
const pieces = 1000
const { uploadId } = await staff.documents.beginUpload({ filename: 'film.mp4', size: pieces * pieceBytes })
for (let position = 0; position < pieces; position++) {
  const base64 = noise(pieceBytes, position + 1).toString('base64')
  await staff.documents.sendPiece({ uploadId, position, base64 })
  process.stdout.write(`${position}\n`)
}
