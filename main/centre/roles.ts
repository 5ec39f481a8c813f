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

/** What the gateway does in its own name: no device is known yet, or it is to become known. */
export const gatewayFunctions = ['known_site', 'enrol', 'announce_gateway'] as const

/** What the operator does with devices, beside what the functions of the gateway call. */
export const lettingIn = ['invite', 'devices', 'revoke', 'organizations_named'] as const

/** Functions that look across organizations, or that row-level security itself asks. */
export const ownerFunctions = [
  'organization',
  'readable_organization',
  'create_organization',
  'create_site',
  'revoke_site',
  'begin_history',
  'collect_deletions',
  ...gatewayFunctions,
  ...lettingIn,
] as const

export const deviceFunctions = ['hello', 'push', 'pull'] as const

export const operatorFunctions = [
  'create_organization',
  'create_site',
  'revoke_site',
  'begin_history',
  'collect_deletions',
] as const
