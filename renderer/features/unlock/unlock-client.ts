import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { unlockContract } from '../../../shared/contract/unlock.ts'
import { connect } from '../../lib/connect.ts'
import type { BackupCalls } from '../../ui/backup/RestoreInstead.tsx'

const client: ContractRouterClient<typeof unlockContract> = createORPCClient(connect())

/** A backup instead of the locked data. */
export const backupCalls: BackupCalls = client.unlock

/** The little that a locked computer answers. */
export const { unlock } = createTanstackQueryUtils(client)
