import { ORPCError } from '@orpc/client'
import { RefusalData } from '../../shared/contract/base.ts'

/** The key of the refusal that a call ends with; throws when it succeeds or fails in another way. */
export async function refusalKey(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).key
}

/** The same with what it names. */
export async function refusalOf(call: Promise<unknown>): Promise<RefusalData> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError) return RefusalData.parse(error.data)
    throw error
  }
  throw new Error('The call was not refused.')
}
