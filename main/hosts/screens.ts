import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Screens {
  /** The text of `index.html`, still without its nonce. */
  page: string
  /** Every other file by its path in an address: `/assets/main-abc.js`. A host compares addresses with these, and never makes a path of one. */
  files: ReadonlySet<string>
}

/** The built screens as they are in `folder` now. */
export function screensIn(folder: string): Screens {
  const files = new Set(filesBelow(folder))
  if (!files.delete('/index.html')) {
    throw new Error(`The screens are missing in ${folder}: run "npm run build" and start again.`)
  }
  return { page: readFileSync(join(folder, 'index.html'), 'utf8'), files }
}

/** Regular files only: a link may lead anywhere. */
function filesBelow(folder: string, prefix = '/'): string[] {
  return entriesOf(folder).flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
    return entry.isFile() ? [prefix + entry.name] : []
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
