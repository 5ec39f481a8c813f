import type { Tone } from '../../ui/StatusBadge.tsx'

export interface Band<Word extends string> {
  word: Word
  tone: Tone
}

/** How hard an item was, in a word. */
export function facilityBand(facility: number): Band<'veryEasy' | 'easy' | 'medium' | 'hard' | 'veryHard'> {
  if (facility > 0.95) return { word: 'veryEasy', tone: 'waiting' }
  if (facility >= 0.7) return { word: 'easy', tone: 'good' }
  if (facility >= 0.4) return { word: 'medium', tone: 'good' }
  if (facility >= 0.2) return { word: 'hard', tone: 'good' }
  return { word: 'veryHard', tone: 'waiting' }
}

/** How well an item tells apart; bounds by Ebel, R. L. (1965), Measuring Educational Achievement, p. 364. */
export function discriminationBand(index: number): Band<'veryGood' | 'good' | 'fair' | 'weak' | 'against'> {
  if (index >= 0.4) return { word: 'veryGood', tone: 'good' }
  if (index >= 0.3) return { word: 'good', tone: 'good' }
  if (index >= 0.2) return { word: 'fair', tone: 'neutral' }
  if (index >= 0) return { word: 'weak', tone: 'waiting' }
  return { word: 'against', tone: 'bad' }
}

/** What a reliability allows; bounds by Nunnally, J. C. & Bernstein, I. H. (1994), Psychometric Theory, p. 265. */
export function reliabilityBand(alpha: number): Band<'high' | 'enough' | 'low'> {
  if (alpha >= 0.9) return { word: 'high', tone: 'good' }
  if (alpha >= 0.7) return { word: 'enough', tone: 'good' }
  return { word: 'low', tone: 'waiting' }
}
