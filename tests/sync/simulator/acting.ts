import type { TableSchema } from '../schema.ts'
import { noteWhom } from './erasures.ts'
import type { Machine, Transaction } from './machine.ts'
import type { ScopedUser } from './people.ts'
import type { Random } from './random.ts'
import type { Doings } from './user.ts'
import type { Node, World } from './world.ts'

type Work = (transaction: Transaction, user: ScopedUser) => Doings

export function act(world: World, node: Node, work: Work, random: Random = world.random) {
  const { machine, organizationId, enrolment } = node
  const user: ScopedUser = {
    random,
    organizationId,
    whom: enrolment,
    staysWithWhom: world.recipe === 'erasures',
    schema: schemaOf(world, machine),
    rootOf: world.oracle.rootOf,
    nextToken: () => `zq${'xab'[organizationId] ?? 'x'}-${((world.tokens += 1)).toString(36)}`,
  }
  const doings = machine.transact((transaction) => work(transaction, user))
  if (world.recipe === 'erasures') noteWhom(world, machine, doings)
  world.oracle.committed(machine.name, organizationId, doings, machine.lacks().columns)
}

function schemaOf({ schema: whole }: World, { lacks }: Machine): readonly TableSchema[] {
  const { tables, columns } = lacks()
  return whole
    .filter(({ name }) => !tables.includes(name))
    .map((table) => ({ ...table, columns: table.columns.filter((column) => !columns[table.name]?.includes(column)) }))
}
