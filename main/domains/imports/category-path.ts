import { type Finding, skipped } from './finding.ts'

/** `$course$/top/Maths/Fractions` is `Maths/Fractions`; a slash within a name is doubled there and here. */
export function categoryPath(written: string): { category: string | undefined; findings: Finding[] } {
  const path = written
    .trim()
    .replace(/^\$\w+\$(\/|$)/, '')
    .replace(/^top(\/(?!\/)|$)/, '')
    .trim()
  if (path.length > 255) return { category: undefined, findings: [skipped('tooLong', path.slice(0, 100))] }
  return { category: path || undefined, findings: [] }
}
