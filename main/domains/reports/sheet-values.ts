import type { SheetWords } from '../../../shared/contract/reports.ts'

export function toHundredths(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100
}

/** A share of 1 as percent, to a hundredth. */
export function percentOf(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 100
}

/** UTC to the minute, which every spreadsheet program sorts and reads. */
export function isoMinute(timestamp: string | null): string | null {
  return timestamp === null ? null : `${timestamp.slice(0, 10)} ${timestamp.slice(11, 16)}Z`
}

export function yesOrNo(claim: boolean | null, words: SheetWords): string | null {
  if (claim === null) return null
  return claim ? words['word.yes'] : words['word.no']
}
