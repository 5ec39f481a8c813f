import type { Scoring } from './qti-scoring.ts'

export interface Worth {
  /** Most points, as the item has them. */
  points: number
  /** Percent for what the item gives in its own unit. */
  creditFor: (value: number) => number
}

/** What points and percents are in an item whose best answer earns `best` in the unit of its scoring. */
export function worthOf({ stated, factor }: Scoring, best: number): Worth {
  if (factor !== undefined && stated !== undefined && Math.abs(factor * 100 - stated) < 1e-6) {
    return { points: stated, creditFor: within }
  }
  const scale = factor ?? 1
  const points = stated ?? (best > 0 ? best * scale : 1)
  return { points, creditFor: (value) => within(points > 0 ? rounded((value * scale * 100) / points) : value * 100) }
}

function within(percent: number): number {
  return Math.min(100, Math.max(-100, percent)) + 0
}

function rounded(percent: number): number {
  return Math.round(percent * 1e5) / 1e5
}
