/** How many times as many random inputs as in an ordinary run of the tests: `npm run soak:inputs` asks for ten times. */
const factor = Number(process.env.BDC_INPUTS_FACTOR ?? 1)

/** Whether a test may leave out what others stand for. */
export const isOrdinaryRun = factor === 1

/** How many inputs a property is tried with, and what grows with them. */
export function inputs(ordinarily: number): number {
  return ordinarily * factor
}
