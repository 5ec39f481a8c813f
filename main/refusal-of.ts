import { Refusal } from '../shared/refusal.ts'

/** What was refused, for whoever says so later or goes on; any other failure stays one. */
export async function refusalOf(work: Promise<void>): Promise<Refusal | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
