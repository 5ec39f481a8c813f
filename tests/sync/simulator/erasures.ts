import { reaches } from '../../../main/centre/reach.ts'
import type { TableName } from '../../../main/database/registry.ts'
import type { Transaction, Values } from './machine.ts'
import type { Random } from './random.ts'
import { tokensIn } from './tokens.ts'
import { allTokens, type Doings, noDoings } from './user.ts'
import { count, type Node, organizations, type World } from './world.ts'

type Standing = Pick<Transaction, 'rows'>

/** Accounts of the people whom a row is about; a log is not looked at. */
function peopleOf(standing: Standing, table: TableName, id: number, values: Values): number[] {
  const by = (parent: TableName, column: string): number[] => {
    const key = Number(values[column])
    const its = standing.rows(parent).get(key)
    return its ? peopleOf(standing, parent, key, its) : []
  }
  const account = (column: string) => (typeof values[column] === 'number' ? [values[column]] : [])
  if (table === 'messages') return [...account('sender_id'), ...account('recipient_id')]
  if (table === 'beneficiaries') return account('user_id')
  const { about, account: column = 'user_id' } = reaches[table]
  if (about === 'self') return [id]
  if (about === 'account') return account(column)
  if (about === 'attempt') return by('attempts', 'attempt_id')
  if (about === 'document') return by('documents', 'document_id')
  if (about === 'assessment') return by('assessments', 'assessment_id')
  return about === 'beneficiary' ? by('beneficiaries', 'beneficiary_id') : []
}

const papers: ReadonlySet<TableName> = new Set(['assessments', 'questions', 'papers'])

/** Whom what was written just now is about: a token is told from all others. */
export function noteWhom(world: World, standing: Standing, { writings }: Doings) {
  for (const table of new Set(writings.map((writing) => writing.table))) {
    const tokens = new Set(writings.map(({ token }) => token))
    for (const [id, values] of standing.rows(table))
      for (const token of tokensIn(JSON.stringify(values)))
        if (tokens.has(token))
          world.whom.set(token, { people: peopleOf(standing, table, id, values), mayStay: papers.has(table) })
  }
}

/** A learner is erased on this machine, whatever others write about them meanwhile. */
export async function erase(world: World, node: Node, random: Random) {
  const { machine, organizationId } = node
  const learners = [...machine.rows('users')].filter(
    ([, { role, email }]) => role === 'student' && !String(email).startsWith('erased-'),
  )
  if (learners.length === 0 || node.isRevoked) return
  const [personId] = random.pick(learners)
  await whatGoes(world, node, () => machine.erase(personId, organizationId))
  count(world, 'erased')
}

/** What the program does at every start and after every round. */
export async function carryOutOrders(world: World, node: Node) {
  if (world.recipe === 'erasures') await whatGoes(world, node, () => node.machine.carryOutOrders())
}

async function whatGoes({ oracle, schema }: World, { machine, organizationId }: Node, work: () => Promise<void>) {
  const before = allTokens(machine, schema)
  await work()
  const after = allTokens(machine, schema)
  const deleted = [...before].filter((token) => !after.has(token))
  oracle.committed(machine.name, organizationId, { ...noDoings(), deleted }, machine.lacks().columns)
}

/** Once the centre knows the order nothing of the person is left anywhere; gives what was said of them. */
export async function judgeErasures(world: World): Promise<ReadonlySet<string>> {
  const gone = new Set<string>()
  for (const id of organizations) {
    const orders = (await world.server.living(id)).get('erasure_orders') ?? new Map<number, Values>()
    const people = new Set([...orders.values()].map(({ person_id: person }) => person))
    const theirs = new Map([...world.whom].filter(([, whose]) => whose.people.some((one) => people.has(one))))
    for (const token of theirs.keys()) gone.add(token)
    const say = (where: string, kept: ReadonlyMap<string, string>) => {
      for (const [place, text] of kept)
        for (const token of new Set(tokensIn(text)))
          if (theirs.get(token)?.mayStay === false)
            world.violations.push(
              `${where} still has ${token} in ${place}, about ${theirs.get(token)?.people.join(' and ')}, who was erased`,
            )
    }
    if (theirs.size > 0) count(world, 'words of the erased')
    say('the centre', await world.server.everything(id))
    for (const { machine, organizationId, isRevoked } of world.nodes)
      if (organizationId === id && !isRevoked) say(machine.name, machine.everything())
  }
  return gone
}
