import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

/** A network of this machine on which devices could reach it. */
const Network = z.object({ name: z.string(), address: z.ipv4() })
export type Network = z.infer<typeof Network>

/**
 * `open`: plain HTTP for any phone; the network can read along, so devices see first names only. `encrypted`: TLS by the
 * centre's own authority, for kiosks that compare the fingerprint and for devices that trust the authority.
 */
export const RoomSecurity = z.enum(['open', 'encrypted'])
export type RoomSecurity = z.infer<typeof RoomSecurity>

export const StartClassroom = z.object({
  assessmentIds: z.array(Id).min(1).max(20),
  /** Only its members are on the roster; null: everybody. */
  groupId: Id.nullable().default(null),
  /** One of this machine's own addresses. */
  address: z.ipv4(),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(4190),
  security: RoomSecurity.default('open'),
})
export type StartClassroom = z.infer<typeof StartClassroom>

/** `listening`: devices are answered; `silent`: the address or the port is gone, and it is tried again every few seconds. */
export const roomStates = ['listening', 'silent'] as const

/** What a device needs to come in; it is meant for the wall. */
const Entrance = z.object({
  security: RoomSecurity,
  /** SHA-256 of the certificate, base64url: a kiosk compares it. Null where nothing is encrypted, or nothing listens. */
  fingerprint: z.string().nullable(),
  /** `http://192.168.1.20:4190`, and the name that the network may know it by. */
  addresses: z.array(z.string()),
  code: z.string(),
  /** Milliseconds for which this code is shown; the one before it still works as long. */
  codeExpiresInMs: z.int(),
})
export type Entrance = z.infer<typeof Entrance>

const Classroom = Entrance.extend({
  id: Id,
  startedAt: Timestamp,
  /** When it ends by itself. */
  endsAt: Timestamp,
  assessmentIds: z.array(Id),
  groupId: Id.nullable(),
  state: z.enum(roomStates),
  /** How often wrong codes made the room take a new one. */
  alarms: z.int(),
  deviceCount: z.int(),
})
export type Classroom = z.infer<typeof Classroom>

/** `waiting`: let in, nothing begun; `lostContact`: an open attempt without a sign of life for 20 s. */
export const seatStates = ['waiting', 'present', 'idle', 'lostContact', 'handedIn'] as const

const Seat = z.object({
  sessionId: Id,
  deviceName: z.string(),
  ipAddress: z.string(),
  learner: z.object({ id: Id, name: z.string() }).nullable(),
  attempt: z
    .object({
      id: Id,
      title: z.string(),
      /** Counted from 1; null before the first sign of life. */
      questionNumber: z.int().nullable(),
      answered: z.int(),
      total: z.int(),
    })
    .nullable(),
  state: z.enum(seatStates),
  /** Milliseconds since an answer was last on the disk. */
  savedAgoMs: z.int().nullable(),
})
export type Seat = z.infer<typeof Seat>

/** What was found, in the order in which it was tried; the screen has a sentence for each. */
export const networkFindings = [
  'addressMissing',
  'portTaken',
  'cannotBind',
  'cannotConnect',
  /** Devices reach this machine, and nobody has entered the code. */
  'onlyCodeMissing',
  /** Other machines are there, and none gets through to BDC. */
  'firewall',
  /** Nobody but the access point is to be seen. */
  'isolation',
] as const

const NetworkCheck = z.object({
  networks: z.array(Network),
  findings: z.array(z.enum(networkFindings)),
  /** Other machines that have been seen on this network, the access point not counted. */
  neighbours: z.int(),
  /** The firewall whose rule has to be added by hand. */
  system: z.enum(['windows', 'mac', 'linux', 'other']),
})
export type NetworkCheck = z.infer<typeof NetworkCheck>

export const classroom = {
  networks: query().output(z.array(Network)),
  /** Lets the devices of a room in, until `end` or for four hours. */
  start: mutation({ action: 'classroom.start', resource: 'classroom_sessions' })
    .input(StartClassroom)
    .output(z.object({ id: Id })),
  /** All devices of the room are signed out at once; answers stay, attempts can go on elsewhere. */
  end: mutation({ action: 'classroom.end', resource: 'classroom_sessions' }).output(Done),
  current: query().output(Classroom.nullable()),
  /** What hangs on the wall, for whoever opened the room: also while their screen is locked, as people still come in. */
  entrance: query().output(Entrance.nullable()),
  /** What managed devices install once, so that they trust encrypted rooms; made by the first call. */
  certificate: mutation({ action: 'classroom.certificate' }).output(
    z.object({ certificate: z.string(), expiresAt: Timestamp }),
  ),
  seats: query().output(z.array(Seat)),
  turnAway: mutation({ action: 'classroom.turnAway', resource: 'sessions' })
    .input(z.object({ sessionId: Id }))
    .output(Done),
  checkNetwork: query()
    .input(z.object({ address: z.ipv4(), port: z.int().min(0).max(65_535) }))
    .output(NetworkCheck),

  /** The only call of a device that nobody has let in yet. */
  join: mutation({ action: 'classroom.join', resource: 'classroom_sessions' })
    .input(
      z.object({
        code: z
          .string()
          .trim()
          .regex(/^\d{6}$/),
        deviceName: z.string().trim().min(1).max(100),
      }),
    )
    .output(Done),
}
