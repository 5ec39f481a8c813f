import type { PostgresClient } from '../database/migrate-postgres.ts'

/** The roles of a centre. They belong to the whole server, so their names begin with what tells centres apart. */
export interface Roles {
  /** Owns schema, tables and the few functions that look across organizations. Nobody logs in as it. */
  owner: string
  /** Owns the functions that devices call: subject to row-level security like everybody else. */
  api: string
  gateway: string
  /** What every device may do; each has a role of its own that is a member. */
  site: string
  /** What logins for reports may do; `sync.reader` says of which organization. */
  reporting: string
  /** What the operator may do. */
  migration: string
}

export function rolesOf(prefix: string): Roles {
  return {
    owner: `${prefix}_owner`,
    api: `${prefix}_api`,
    gateway: `${prefix}_gateway`,
    site: `${prefix}_site`,
    reporting: `${prefix}_reporting`,
    migration: `${prefix}_migration`,
  }
}

/** What the names of its roles begin with. Undefined: this database is no centre yet. */
export async function rolePrefix(client: PostgresClient): Promise<string | undefined> {
  try {
    const { rows } = await client.query<{ prefix: string | null }>('SELECT sync.role_prefix() AS prefix')
    return rows[0]?.prefix ?? undefined
  } catch (error) {
    // Neither the schema nor the function is there.
    if (['3F000', '42883'].includes(Object(error).code)) return undefined
    throw error
  }
}

/** What may be called from outside, by whom, and whether it looks across organizations: then it is the owner's. */
interface OpenFunction {
  for: readonly Exclude<keyof Roles, 'owner'>[]
  isOwners: boolean
}

const device: OpenFunction = { for: ['gateway', 'site'], isOwners: false }
const operator: OpenFunction = { for: ['migration'], isOwners: true }
const gateway: OpenFunction = { for: ['gateway'], isOwners: true }

/** Every function of the schema `sync` that is not here is called by the others alone. */
export const openFunctions: Readonly<Record<string, OpenFunction>> = {
  hello: device,
  push: device,
  pull: device,
  have_contents: device,
  put_content: device,
  get_content: device,
  // `hello` does, in the name of the device that says it.
  call_site: { for: ['api'], isOwners: true },
  spare_sites: { for: ['api'], isOwners: true },
  // Row-level security asks these.
  organization: { for: ['api'], isOwners: true },
  readable_organization: { for: ['reporting'], isOwners: true },
  create_organization: operator,
  create_site: operator,
  rename: operator,
  revoke_site: operator,
  begin_history: operator,
  collect_deletions: operator,
  tidy_next: { for: ['gateway', 'migration'], isOwners: true },
  set_room: operator,
  role_prefix: { for: ['gateway', 'migration'], isOwners: true },
  invite: operator,
  organizations_named: operator,
  announce_gateway: { for: ['gateway', 'migration'], isOwners: true },
  devices: operator,
  revoke: operator,
  readmit: operator,
  open_login: operator,
  logins: operator,
  close_login: operator,
  people_named: operator,
  preview_move: operator,
  move_beneficiary: operator,
  move_back: operator,
  preview_crossing: operator,
  move_to_organization: operator,
  cross_back: operator,
  late_writings: operator,
  forget_gone: { for: ['gateway', 'migration'], isOwners: true },
  enrol: gateway,
  known_site: gateway,
}
