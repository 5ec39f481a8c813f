import type { Id } from '../../../shared/contract/base.ts'
import type { GivenMark, GradingNeed } from '../../../shared/contract/grading.ts'

/** A mark as it was given, oldest first in every list of them. */
export interface PersonMark {
  kind: string
  points: number | null
  /** Percent of the question's points. */
  tolerance: number | null
  comment: string | null
  userId: Id | null
  graderName: string | null
}

export interface Standing {
  /** What counts; null while a person has to tell. */
  points: number | null
  need: GradingNeed | null
  first: PersonMark | undefined
  second: PersonMark | undefined
  final: PersonMark | undefined
}

/**
 * What all the marks of one answer come to. A second opinion that was asked for opens the answer again; two marks within
 * the tolerance count as their mean, further apart somebody decides.
 */
export function standingOf(marks: readonly PersonMark[], most: number): Standing {
  const asked = marks.findLastIndex(({ kind }) => kind === 'asked')
  const since = marks.slice(asked + 1)
  const first = marks.findLast(({ kind }) => kind === 'mark')
  const second = asked < 0 ? undefined : since.findLast(({ kind }) => kind === 'second')
  const final = since.findLast(({ kind }) => kind === 'final')
  const known = { first, second, final }

  if (final) return { ...known, points: final.points, need: null }
  if (!first) return { ...known, points: null, need: 'mark' }
  if (asked < 0) return { ...known, points: first.points, need: null }
  if (!second) return { ...known, points: null, need: 'second' }
  const tolerance = ((marks[asked]?.tolerance ?? 0) / 100) * most
  const [one, other] = [first.points ?? 0, second.points ?? 0]
  if (Math.abs(one - other) > tolerance + 1e-9) return { ...known, points: null, need: 'final' }
  return { ...known, points: Math.round(((one + other) / 2) * 100) / 100, need: null }
}

/** What a mark that somebody gives now is: whoever grades again what they graded last puts it right. */
export function kindOfNext(marks: readonly PersonMark[], most: number, userId: Id | null): GradingNeed {
  const { need, first, second } = standingOf(marks, most)
  if (need === 'second') return first?.userId === userId ? 'mark' : 'second'
  const last = marks.findLast(({ kind }) => kind === 'mark' || kind === 'second' || kind === 'final')
  if (last && last.userId === userId) return last.kind as GradingNeed
  if (need) return need
  return first && second ? 'final' : 'mark'
}

/** What graders wrote to the learner, of the marks that count. */
export function commentOf({ need, first, second, final }: Standing): string | null {
  if (need !== null) return null
  const said = final ? [final] : [first, second]
  const comments = new Set(said.map((mark) => mark?.comment).filter((comment) => comment))
  return comments.size > 0 ? [...comments].join('\n\n') : null
}

/** What graders wrote with the mark that says these points, as far as it would count for them. */
export function commentFor(marks: readonly PersonMark[], most: number, points: number): string | null {
  const standing = standingOf(marks, most)
  return standing.points === points ? commentOf(standing) : (markWith(marks, points)?.comment ?? null)
}

/** Of several the last one. */
export function markWith<M extends PersonMark>(marks: readonly M[], points: number): M | undefined {
  return marks.findLast((mark) => mark.points === points)
}

/** A second opinion is for somebody else than the first mark. */
export function isMineToGive({ need, first }: Standing, userId: Id | null): boolean {
  return need !== 'second' || first?.userId !== userId
}

/** The marks that count or stand against each other. Whoever is to give a second opinion is not to see the first mark. */
export function shownMarks({ need, first, second, final }: Standing, userId: Id | null): GivenMark[] {
  if (need === 'mark') return []
  const marks = [first, second, final].filter((mark) => mark !== undefined)
  return marks
    .filter((mark) => need !== 'second' || mark.userId === userId)
    .map(({ kind, points, comment, graderName, userId: by }) => ({
      kind: kind as GradingNeed,
      points: points ?? 0,
      comment,
      graderName,
      isMine: by === userId,
    }))
}
