import type { RowState } from '../../../main/sync/state.ts'
import type { Enrolment, Refused } from '../../../main/sync/wire.ts'
import { readSchema, type TableSchema } from '../schema.ts'

/** One organization at the centre: its feed counts the rows that were written, one after the other. */
export interface Head {
  number: number
  history: string
  /** Tombstones up to this number are gone. */
  floor: number
  /** The last number that all backups knew from which the centre was ever restored. */
  restoredAt: number | null
}

export interface SiteRow {
  site: number
  /** A database and its next lives: the first site of them. */
  family: number
  organizationId: number
  scope: Enrolment['scope']
  trainerId: number | null
  incarnation: string | null
  acknowledged: number
  chain: string
  pulled: number
  /** Up to here even what it pushed itself comes back. */
  againUpto: number
  isRevoked: boolean
}

export interface CentreRow {
  state: RowState
  organizationId: number
  number: number
  /** The number it had at first: who was accepted before whom. */
  firstNumber: number
  /** Milliseconds since 1970 at which the centre last received a write to it. */
  receivedAt: number
  /** The site that has pushed exactly this state. */
  echoOf: number | null
}

/** Plain data, so that a backup of the centre is a copy of it. */
export interface CentreState {
  organizations: Map<number, Head>
  sites: Map<number, SiteRow>
  envelopes: Map<string, string>
  rows: Map<string, CentreRow>
  refused: (Refused & { site: number; envelope: number })[]
  minted: number
  nextSite: number
}

export interface Surroundings {
  /** Milliseconds since 1970 by the clock of the centre. */
  now(): number
  uuid(): string
}

export interface Centre extends Surroundings {
  state: CentreState
  schema: ReadonlyMap<number, TableSchema>
  /** Tables that its program does not know yet. */
  lacks: Set<number>
}

/** A centre in memory that does what docs/sync.md says and nothing for speed: the oracle of the one in PostgreSQL. */
export function referenceCentre(surroundings: Surroundings): Centre {
  return {
    ...surroundings,
    lacks: new Set(),
    schema: new Map(readSchema().map((table) => [table.number, table])),
    state: {
      organizations: new Map(),
      sites: new Map(),
      envelopes: new Map(),
      rows: new Map(),
      refused: [],
      minted: 0,
      nextSite: 1,
    },
  }
}

export function addOrganization(centre: Centre, id: number) {
  centre.state.organizations.set(id, { number: 0, history: centre.uuid(), floor: 0, restoredAt: null })
}

export interface Admission {
  organizationId: number
  organizationName: string
  scope?: Enrolment['scope']
  trainerId?: number | null
  spares?: number
}

/** What a code of the centre is exchanged for. */
export function admit(centre: Centre, admission: Admission): Enrolment {
  const { organizationId, organizationName, scope = 'organization', trainerId = null, spares = 3 } = admission
  const family = centre.state.nextSite
  const sites = Array.from({ length: spares + 1 }, () => addSite(centre, { family, organizationId, scope, trainerId }))
  const [site = 0, ...spareSites] = sites
  const { history } = headOf(centre, organizationId)
  return { site, spareSites, organizationId, organizationName, scope, trainerId, history }
}

/** Where a database is told of more is said in docs/sync.md. */
export function sparesOf(centre: Centre, { family, organizationId, scope, trainerId }: SiteRow): number[] {
  const unused = [...centre.state.sites.values()].filter((one) => one.family === family && one.incarnation === null)
  const spares = unused.map(({ site }) => site).sort((a, b) => a - b)
  while (spares.length < 3) spares.push(addSite(centre, { family, organizationId, scope, trainerId }))
  return spares
}

function addSite(centre: Centre, its: Pick<SiteRow, 'family' | 'organizationId' | 'scope' | 'trainerId'>): number {
  const site = centre.state.nextSite
  centre.state.nextSite += 1
  centre.state.sites.set(site, {
    site,
    ...its,
    incarnation: null,
    acknowledged: 0,
    chain: '',
    pulled: 0,
    againUpto: 0,
    isRevoked: false,
  })
  return site
}

export function revoke({ state }: Centre, site: number) {
  const family = state.sites.get(site)?.family
  for (const one of state.sites.values()) if (one.family === family) one.isRevoked = true
}

export function headOf({ state }: Centre, organizationId: number): Head {
  const head = state.organizations.get(organizationId)
  if (!head) throw new Error(`The centre has no organization ${organizationId}.`)
  return head
}

export function backUp({ state }: Centre): CentreState {
  return structuredClone(state)
}

/**
 * The centre is what it was at the backup, with another history. Numbers of sites and of its own rows are not given again:
 * whoever restores a centre moves both on, because machines remember what it gave out after the backup; and who was
 * revoked since stays so.
 */
export function restore(centre: Centre, backup: CentreState) {
  const { nextSite, minted, sites } = centre.state
  centre.state = { ...structuredClone(backup), nextSite, minted }
  // A database has three sites that nobody uses: what it took since was among those that the backup knew.
  for (const [site, row] of sites) {
    const known = centre.state.sites.get(site) ?? { ...row, incarnation: null, acknowledged: 0, chain: '', pulled: 0 }
    centre.state.sites.set(site, { ...known, isRevoked: row.isRevoked })
  }
  for (const head of centre.state.organizations.values()) {
    head.history = centre.uuid()
    head.restoredAt = Math.min(head.restoredAt ?? head.number, head.number)
  }
}

export function keyOf(table: number, id: number): string {
  return `${table}:${id}`
}

/** Deletions are forgotten that every device in use has heard of; with `isEveryoneAway` none of them is in use. */
export function collect(
  centre: Centre,
  organizationId: number,
  isEveryoneAway: boolean,
  isDead: (row: CentreRow) => boolean,
) {
  const { sites, rows } = centre.state
  const inUse = [...sites.values()].filter(
    (site) => site.organizationId === organizationId && !site.isRevoked && site.incarnation !== null,
  )
  const heard = isEveryoneAway ? Number.POSITIVE_INFINITY : Math.min(...inUse.map(({ pulled }) => pulled))
  const head = headOf(centre, organizationId)
  for (const [key, row] of rows) {
    if (row.organizationId !== organizationId || row.number > heard || !isDead(row)) continue
    rows.delete(key)
    head.floor = Math.max(head.floor, row.number)
  }
}
