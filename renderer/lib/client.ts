import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { contract } from '../../shared/contract/index.ts'
import { connect } from './connect.ts'

export type Client = ContractRouterClient<typeof contract>

export const client: Client = createORPCClient(connect())

/** `api.beneficiaries.list.queryOptions({ input })` and its kind: calls as TanStack Query options, keyed by the call itself. */
export const api = createTanstackQueryUtils(client)
