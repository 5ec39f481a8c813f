import { client } from '../../lib/client.ts'
import type { NamedFile } from '../../lib/save-file.ts'

/** The same file under a passphrase, or as it is without one. */
export async function sealed({ fileName, mimeType, base64 }: NamedFile, passphrase: string): Promise<NamedFile> {
  if (passphrase === '') return { fileName, mimeType, base64 }
  return client.exports.seal({ fileName, base64, passphrase })
}
