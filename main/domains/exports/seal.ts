import type { SealFile } from '../../../shared/contract/exports.ts'
import type { ReadContext } from '../../context.ts'
import type { PassphraseCost } from '../../keys/passphrase.ts'
import { sealFile } from '../../keys/sealed-file.ts'

/** Files that leave the computer under a passphrase; the name of what is inside stays inside. */
export function sealing(cost?: PassphraseCost) {
  return async function seal(_context: ReadContext, { fileName, base64, passphrase }: SealFile) {
    const sealed = await sealFile({ fileName, bytes: Buffer.from(base64, 'base64') }, passphrase, cost)
    return { fileName: 'bdc-export.bdcsealed', mimeType: 'application/octet-stream', base64: sealed.toString('base64') }
  }
}
