import type { Done, Id } from '../../../shared/contract/base.ts'
import type { Classroom, Entrance, NetworkCheck, StartClassroom } from '../../../shared/contract/classroom.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import type { Presence } from '../delivery/presence.ts'
import { deleteSession } from '../identity/queries.ts'
import { startRoomSession } from '../identity/sessions.ts'
import type { RoomCertificates } from './certificates/kept.ts'
import { checkNetwork } from './network-check.ts'
import { ownNetworks } from './networks.ts'
import {
  assessmentsAmong,
  type ClassroomRecord,
  countSeats,
  deleteSeat,
  deleteSeats,
  endClassroom,
  groupOf,
  insertClassroom,
  openClassroom,
} from './queries.ts'
import { longestMs, type Room } from './room.ts'
import { liveSeats } from './seats.ts'

const mostSeats = 200

interface RoomParts {
  room: Room
  presence: Presence
  certificates: RoomCertificates
}

/** The room lives longer than a call, so its handlers are made with it. */
export function classroomHandlers({ room, presence, certificates }: RoomParts) {
  const start: PreparedMutation<StartClassroom, { id: Id }> = {
    async prepare(context, wanted) {
      await refuseStart(context, wanted)
      const { address, port, security } = wanted
      const place = await room.open(organizationOf(context.actor), { address, port, security })

      return async ({ db, actor, now, about }) => {
        if (await openClassroom(db)) throw new Refusal('conflict', 'classroom.alreadyOpen')
        const id = await insertClassroom(
          db,
          {
            organizationId: organizationOf(actor),
            userId: actor.userId as Id,
            groupId: wanted.groupId,
            assessmentIds: wanted.assessmentIds,
            place,
          },
          now,
        )
        about(id, { assessments: wanted.assessmentIds.length, security })
        return { id }
      }
    },
  }

  const certificate: PreparedMutation<unknown, { certificate: string; expiresAt: string }> = {
    async prepare({ actor }) {
      const organizationId = organizationOf(actor)
      const { certificate, expiresAt } = await certificates.authority(organizationId)
      return async ({ about }) => {
        about(organizationId)
        return { certificate, expiresAt }
      }
    },
  }

  function entranceOf({ place }: ClassroomRecord): Entrance {
    const { code, expiresInMs } = room.code().shown()
    const listening = room.listening()
    return {
      security: place.security,
      fingerprint: listening?.fingerprint ?? null,
      addresses: listening?.addresses ?? [addressOf(place)],
      code,
      codeExpiresInMs: expiresInMs,
    }
  }

  return {
    start,

    async networks() {
      return ownNetworks()
    },

    async end({ db, actor, now, about }: WriteContext): Promise<Done> {
      const own = await ownClassroom(db, scopeOf(actor))
      if (!own) throw new Refusal('conflict', 'classroom.notOpen')
      await deleteSeats(db, own.id)
      await endClassroom(db, own.id, now)
      room.closeSoon()
      about(own.id)
      return {}
    },

    async current({ db, actor }: ReadContext): Promise<Classroom | null> {
      const own = await ownClassroom(db, scopeOf(actor))
      if (!own) return null
      return {
        ...entranceOf(own),
        id: own.id,
        startedAt: own.startedAt,
        endsAt: endOf(own),
        assessmentIds: own.assessmentIds,
        groupId: own.groupId,
        state: room.listening() ? 'listening' : 'silent',
        alarms: room.code().shown().alarms,
        deviceCount: await countSeats(db, own.id),
      }
    },

    async entrance({ db, actor }: ReadContext): Promise<Entrance | null> {
      const open = await openClassroom(db)
      const isHeld = open?.organizationId === organizationOf(actor) && open.userId === actor.userId
      return isHeld ? entranceOf(open) : null
    },

    async seats({ db, actor, clock }: ReadContext) {
      const own = await ownClassroom(db, scopeOf(actor))
      return own ? liveSeats(db, { classroom: own, presence, now: clock.now() }) : []
    },

    certificate,

    async turnAway({ db, actor, about }: WriteContext, { sessionId }: { sessionId: Id }) {
      const own = await ownClassroom(db, scopeOf(actor))
      if (!own || !(await deleteSeat(db, own.id, sessionId))) throw new Refusal('notFound', 'classroom.seatMissing')
      presence.forget(sessionId)
      about(sessionId)
      return {}
    },

    async checkNetwork(
      { db }: ReadContext,
      { address, port }: { address: string; port: number },
    ): Promise<NetworkCheck> {
      const open = await openClassroom(db)
      const devices = open ? await countSeats(db, open.id) : 0
      return checkNetwork({ address, port, devices, listening: room.listening() })
    },

    async join(context: WriteContext, { code, deviceName }: { code: string; deviceName: string }): Promise<Done> {
      const { db, actor, visitor } = context
      const open = await openClassroom(db)
      if (!open || open.userId === null || !room.listening()) throw new Refusal('conflict', 'classroom.notOpen')
      const verdict = room.code().judge(code, visitor.ipAddress)
      if (verdict === 'tooOften') throw new Refusal('throttled', 'classroom.tooManyTries')
      if (verdict === 'wrong') throw new Refusal('invalid', 'classroom.wrongCode')
      if ((await countSeats(db, open.id)) >= mostSeats) throw new Refusal('conflict', 'classroom.full')

      if (actor.sessionId !== null && actor.classroomId !== null) await deleteSession(db, actor.sessionId)
      await startRoomSession(context, {
        userId: open.userId,
        classroomId: open.id,
        enteredId: open.organizationId,
        deviceName,
        expiresAt: endOf(open),
      })
      context.actAs({ userId: open.userId, organizationId: open.organizationId })
      context.about(open.id)
      return {}
    },
  }
}

async function refuseStart({ db, actor }: ReadContext, { assessmentIds, groupId }: StartClassroom) {
  const scope = scopeOf(actor)
  if (await openClassroom(db)) throw new Refusal('conflict', 'classroom.alreadyOpen')
  const found = await assessmentsAmong(db, scope, assessmentIds)
  if (found.length < new Set(assessmentIds).size) throw new Refusal('notFound', 'assessment.notFound')
  if (found.some(({ status }) => status === 'draft')) throw new Refusal('conflict', 'assessment.notPublished')
  if (groupId !== null && !(await groupOf(db, scope.organizationId, groupId))) {
    throw new Refusal('notFound', 'classroom.groupMissing')
  }
}

/** Somebody else's session is reported as none; administrators see every one of their organization. */
async function ownClassroom(db: Reader, { organizationId, trainerId }: Scope) {
  const open = await openClassroom(db)
  const isReached = open?.organizationId === organizationId && (trainerId === null || open.userId === trainerId)
  return isReached ? open : undefined
}

function addressOf({ security, address, port }: ClassroomRecord['place']): string {
  return `${security === 'open' ? 'http' : 'https'}://${address}:${port}`
}

function endOf({ startedAt }: ClassroomRecord): string {
  return new Date(Date.parse(startedAt) + longestMs).toISOString()
}
