const shortestMs = 500
const longestMs = 5_000

/** Milliseconds to wait after so many failures in a row: half a second, doubling up to five. */
export function growingPause(failures: number): number {
  return Math.min(longestMs, shortestMs * 2 ** (failures - 1))
}
