import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProcedureMeta, RefusalData } from '../../shared/contract/base.ts'
import { contract } from '../../shared/contract/index.ts'
import {
  type ActorKind,
  actorKinds,
  type Cell,
  cellOf,
  type Distance,
  distances,
  type ProcedureName,
  permissions,
} from '../../shared/permissions.ts'
import { type Trial, trials } from './trials.ts'
import { type Bench, benchOn, ways } from './ways.ts'
import { keptToken, makeWorld, someone, type World } from './world.ts'

const procedures = Object.keys(permissions) as ProcedureName[]
let world: World

beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world[Symbol.dispose]())

function kindOf(procedure: ProcedureName): ProcedureMeta['kind'] {
  const [domain = '', name = ''] = procedure.split('.')
  const found = (contract as unknown as Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>)[domain]?.[
    name
  ]
  if (!found) throw new Error(`There is no ${procedure}.`)
  return found['~orpc'].meta.kind
}

const rowsAt = (distance: Distance, actor: ActorKind) =>
  ({
    own: actor === 'room' ? world.ownInRoom : world.own,
    'own organization': world.colleague,
    'other organization': world.foreign,
  })[distance]

interface Trying {
  procedure: ProcedureName
  distance: Distance
  told: Cell
  trial: Trial
}

/** What the table says in one cell, found out by a call at real rows; and whether the call may have changed any. */
async function found(bench: Bench, { procedure, distance, trial }: Trying, actor: ActorKind) {
  const rows = rowsAt(distance, actor)
  const owner = someone(bench.app(), keptToken(rows.token)).client
  const made = await trial.before?.(owner, rows, () => someone(bench.app()).client)
  try {
    const answer = await bench.call(procedure, trial.input?.(rows, made))
    const cell: Cell = !trial.sees || trial.sees(JSON.stringify(answer), rows) ? 'allow' : 'own only'
    return { cell, mayHaveChanged: kindOf(procedure) === 'mutation' }
  } catch (error) {
    return { cell: cellOfError(error, trial), mayHaveChanged: false }
  }
}

/** What the door says to whoever it does not let in. */
const turnedAway = new Set<string>(['door.forbidden', 'door.signInFirst', 'door.locked', 'door.verifyFirst'])

function cellOfError(error: unknown, { letIn = [], missing }: Trial): Cell | string {
  if (!(error instanceof ORPCError)) throw error
  const { key } = RefusalData.parse(error.data)
  if (turnedAway.has(key)) return 'deny'
  if (letIn.includes(key)) return 'allow'
  return key === missing || error.status === 404 ? 'own only' : key
}

/** A row that nobody aims at is there for whoever is let in. */
function expected(actor: ActorKind, procedure: ProcedureName, distance: Distance): Cell {
  const cell = cellOf(actor, procedure, distance)
  return trials[procedure].isAboutNobody && cell !== 'deny' ? 'allow' : cell
}

/**
 * Every "no" is heard in a world that nobody has changed. A "yes" is often still heard in one that others have changed: only
 * where it is not, the world is put back and it is asked for again.
 */
async function differences(
  way: string,
  actor: ActorKind,
  at: readonly Distance[],
  wanted = procedures,
  token = tokenOf(actor),
) {
  await using bench = await benchOn(actor === 'room' ? world.folderWithRoom : world.folder, way, token)
  const tryings = wanted.flatMap((procedure) => tryingsOf(procedure, actor, at))
  const different: string[] = []
  let isChanged = false
  async function heard(trying: Trying) {
    isChanged ||= trying.trial.before !== undefined
    const { cell, mayHaveChanged } = await found(bench, trying, actor)
    isChanged ||= mayHaveChanged
    return cell
  }
  async function heardInUnchanged(trying: Trying) {
    if (isChanged) await bench.restore()
    isChanged = false
    return heard(trying)
  }
  for (const trying of tryings.toSorted((a, b) => Number(a.told === 'allow') - Number(b.told === 'allow'))) {
    const { procedure, distance, told } = trying
    const early = told === 'allow' && isChanged ? await heard(trying).catch(() => undefined) : undefined
    const cell = early === told ? early : await heardInUnchanged(trying)
    if (cell !== told) different.push(`${procedure}, ${distance}: the table says ${told}, the core ${cell}`)
  }
  return different
}

function tryingsOf(procedure: ProcedureName, actor: ActorKind, at: readonly Distance[]): Trying[] {
  const trial = trials[procedure]
  return (trial.isAboutNobody ? at.slice(0, 1) : at).map((distance) => {
    const told = expected(actor, procedure, distance)
    // Whoever is turned away is so whatever is there, and a room that is open leaves no place for another.
    return { procedure, distance, told, trial: told === 'deny' ? { ...trial, before: undefined } : trial }
  })
}

const tokenOf = (actor: ActorKind) => (actor === 'nobody' ? undefined : world.tokens[actor])
const isAboutOrganizations = (procedure: ProcedureName) => procedure.startsWith('organizations.')

describe.each(Object.keys(ways))('the table of permissions %s', (way) => {
  it.each(actorKinds.filter((actor) => actor !== 'super_admin'))(
    'holds for every cell of %s',
    { timeout: 120_000 },
    async (actor) => {
      expect(await differences(way, actor, distances)).toEqual([])
    },
  )

  it('holds for every cell of a super admin, who works in another organization after entering it', {
    timeout: 120_000,
  }, async () => {
    const inside = procedures.filter((procedure) => !isAboutOrganizations(procedure))
    const [own, near, far] = distances
    expect(await differences(way, 'super_admin', distances, procedures.filter(isAboutOrganizations))).toEqual([])
    expect(await differences(way, 'super_admin', [own, near], inside)).toEqual([])
    expect(await differences(way, 'super_admin', [far], inside, world.tokens.entered)).toEqual([])
  })
})

it('aims at rows wherever a procedure is about rows', () => {
  const aimless = procedures.filter((procedure) => trials[procedure].isAboutNobody)
  console.log(`${procedures.length} procedures, ${aimless.length} name no row: ${aimless.join(', ')}`)
  expect(Object.keys(trials).toSorted()).toEqual(procedures.toSorted())
})
