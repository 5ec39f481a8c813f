import * as z from 'zod'
import { Done, Id, mutation } from './base.ts'

const person = z.object({ beneficiaryId: Id })

/** What the law gives a person of their own data. */
export const privacy = {
  /** All that is stored of the person as one ZIP: JSON, readable HTML, documents. */
  export: mutation({ action: 'privacy.export', resource: 'beneficiaries' })
    .input(person)
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })),
  /** Cannot be taken back; `name` is typed as it stands in the file, so that nobody is erased by a wrong click. */
  erase: mutation({ action: 'privacy.erase', resource: 'users', valuesStay: true })
    .input(person.extend({ name: z.string().trim().max(100) }))
    .output(Done),
}
