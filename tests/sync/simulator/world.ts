import type { Enrolment } from '../../../main/sync/wire.ts'
import type { TableSchema } from '../schema.ts'
import type { Machine } from './machine.ts'
import type { Network } from './network.ts'
import type { Oracle } from './oracle.ts'
import type { Random } from './random.ts'
import type { Recipe } from './recipes.ts'
import type { MakeServer, Server } from './server.ts'

export interface Outcome {
  violations: string[]
  counts: Record<string, number>
}

export interface Node {
  machine: Machine
  enrolment: Enrolment
  organizationId: number
  running: Promise<void> | undefined
  /** Points until it loses its power, and statements. */
  crashIn: number | undefined
  cutIn: number | undefined
  clock: { offset: number; frozenAt: number | undefined }
  backup: { copy: unknown; at: number } | undefined
  isRevoked: boolean
}

/** Whom a row is about; a paper that somebody sat may stay, or go with them. */
export interface Whose {
  people: number[]
  mayStay: boolean
}

export interface World {
  make: Make
  recipe: Recipe
  random: Random
  clock: { time: number }
  schema: readonly TableSchema[]
  server: Server
  net: Network
  oracle: Oracle
  nodes: Node[]
  violations: string[]
  counts: Record<string, number>
  tokens: number
  /** Whom each token is about, where people are erased. */
  whom: Map<string, Whose>
  centreBackup: { restore: () => Promise<void>; received: Set<string> } | undefined
}

export const begin = Date.UTC(2026, 5, 1)

export const day = 86_400_000

export const organizations = [1, 2]

export interface MachineOptions {
  name: string
  enrolment: Enrolment
  /** Of another machine, copied whole; a new machine has none. */
  disk?: unknown
  /** Its program is of an earlier version. */
  isOlder?: boolean
  random: Random
  now(): number
}

export type MakeMachine = (options: MachineOptions) => Machine

export interface Make {
  machine: MakeMachine
  /** Whether its machines may have their disks copied whole. */
  hasDisks: boolean
  server: MakeServer
}

export function count(world: World, what: string) {
  world.counts[what] = (world.counts[what] ?? 0) + 1
}
