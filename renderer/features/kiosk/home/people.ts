import type { Id } from '../../../../shared/contract/base.ts'
import type { Me } from '../../../../shared/contract/identity.ts'

/** Who takes assessments at this screen: the one who sits at the kiosk, or the student who signed in. */
export function learnerOf(me: Me): { id: Id; name: string } | null {
  if (me.kind === 'kiosk') return me.learner
  return me.kind === 'user' ? me.user : null
}

/** The first letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => [...(word ?? '')][0] ?? '').join(isArabic(name) ? '\u200c ' : '')
}

/** Arabic letters beside each other would join into a word. */
function isArabic(text: string): boolean {
  return /\p{Script=Arabic}/u.test(text)
}
