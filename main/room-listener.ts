import type { Router } from '@orpc/server'
import type { contract } from '../shared/contract/index.ts'
import type { Visitor } from './context.ts'

export interface RoomPlace {
  router: Router<typeof contract, Visitor>
  installation: string
  address: string
  /** 0 takes any free port. */
  port: number
}

export interface OpenRoom {
  port: number
  /** Under which the devices of the room reach it; the shortest to type first. */
  addresses: string[]
  close(): Promise<void>
}

/** How a host lets the devices of a room in. The core knows no host, so it is given one. */
export interface RoomListener {
  /** @throws when the address or the port cannot be had, with the `code` of the operating system. */
  open(place: RoomPlace): Promise<OpenRoom>
}
