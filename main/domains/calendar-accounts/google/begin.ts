import type { BeginGoogle, GoogleClientFields } from '../../../../shared/contract/calendar-accounts.ts'
import { Refusal } from '../../../../shared/refusal.ts'
import { organizationOf } from '../../../actor.ts'
import type { ReadContext, WriteContext } from '../../../context.ts'
import type { DatabaseFile, Writer } from '../../../database/database.ts'
import { logActivity } from '../../activity/log.ts'
import { ownerFor, refuseTooMany } from '../owner.ts'
import { insertAccount, type Owner } from '../queries.ts'
import type { Rounds } from '../rounds.ts'
import { type GoogleAddresses, googleClient, setGoogleClient } from './client.ts'
import { askForConsent, type Consent } from './consent.ts'

export interface GoogleOptions {
  database: DatabaseFile
  rounds: Rounds
  google: GoogleAddresses
  onFailure(error: unknown): void
}

export function googleCalls({ database, rounds, google: addresses, onFailure }: GoogleOptions) {
  /** One question a person: whoever asks again has given up on the one before. */
  const asked = new Map<number, Consent>()
  return {
    async google({ db, actor }: ReadContext) {
      return { clientId: (await googleClient(db, organizationOf(actor)))?.clientId ?? null }
    },

    async setGoogle(context: WriteContext, { client }: { client: GoogleClientFields | null }) {
      const { db, actor, now, about } = context
      const organizationId = organizationOf(actor)
      const known = client && { clientId: client.clientId, clientSecret: client.clientSecret || null }
      await setGoogleClient(db, organizationId, known, now)
      about(organizationId, { clientId: known?.clientId ?? null })
      return {}
    },

    beginGoogle: {
      async prepare({ db, actor, clock, visitor }: ReadContext, input: BeginGoogle) {
        const owner = ownerFor(actor)
        const client = await googleClient(db, owner.organizationId)
        if (!client) throw new Refusal('conflict', 'calendar.notSetUp')
        await refuseTooMany(db, owner)
        asked.get(owner.userId)?.end()
        const onConsent = async (refreshToken: string) => {
          const now = clock.now().toISOString()
          const { ipAddress, userAgent } = visitor
          const id = await database.write(async (writer) => {
            const made = await added(writer, owner, { input, refreshToken, now })
            const details = { tellsWords: input.tellsWords }
            const line = { actor: owner, action: 'calendarAccounts.add', resourceId: null, details }
            await logActivity(writer, database.auditKey, { ...line, visitor: { ipAddress, userAgent }, now })
            return made
          })
          await rounds.now(id)
        }
        const consent = await askForConsent({ client, addresses, onReturn: input.onReturn, onConsent, onFailure })
        asked.set(owner.userId, consent)
        return async () => ({ url: consent.url })
      },
    },
  }
}

interface Added {
  input: BeginGoogle
  refreshToken: string
  now: string
}

function added(db: Writer, { organizationId, userId }: Owner, { input, refreshToken, now }: Added) {
  return insertAccount(db, {
    organization_id: organizationId,
    user_id: userId,
    kind: 'google',
    address: '',
    user_name: '',
    secret: refreshToken,
    calendar_name: input.calendarName,
    tells_words: input.tellsWords ? 1 : 0,
    word: input.word,
    created_at: now,
  })
}
