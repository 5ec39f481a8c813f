import type { Router } from '@orpc/server'
import type { contract } from '../shared/contract/index.ts'
import type { Visitor } from './context.ts'

export interface RoomPlace {
  router: Router<typeof contract, Visitor>
  installation: string
  address: string
  /** 0 takes any free port. */
  port: number
  /** `bdc-7f3a.local`: what the network is told. */
  name: string
  /** PEM, the authority's certificate behind the server's; undefined: what is sent can be read on the network. */
  certified: { certificate: string; privateKey: string } | undefined
}

export interface OpenRoom {
  port: number
  /** Under which the devices of the room reach it; the shortest to type first. */
  addresses: string[]
  /** The addresses of other machines that have reached this port, whatever they wanted. */
  callers(): string[]
  close(): Promise<void>
}

/** How a host lets the devices of a room in. The core knows no host, so it is given one. */
export interface RoomListener {
  /** @throws when the address or the port cannot be had, with the `code` of the operating system. */
  open(place: RoomPlace): Promise<OpenRoom>
}
