import { PersonName } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'

export interface PastedNames {
  names: string[]
  /** Stand in the list more than once. */
  repeated: string[]
  /** Numbers of the lines that are too long for a name. */
  tooLong: number[]
}

/** What lists put in front of a name: `1.`, `2)`, `-`, `•`. */
const mark = /^(?:\p{N}+\s*[.):-]|[-–*•])\s*/u

/** Reads one name from each line, as it is copied from a letter, a chat or a column of a sheet. */
export function pastedNames(text: string): PastedNames {
  const found: PastedNames = { names: [], repeated: [], tooLong: [] }
  const seen = new Set<string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const name = line.trim().replace(mark, '').replaceAll(/\s+/g, ' ').trim()
    if (name === '') continue
    if (!PersonName.safeParse(name).success) found.tooLong.push(index + 1)
    else found.names.push(name)
    const key = fold(name)
    if (seen.has(key) && !found.repeated.includes(name)) found.repeated.push(name)
    seen.add(key)
  }
  return found
}
