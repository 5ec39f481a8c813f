/** The values of the options, as they were typed. */
export type Options = Readonly<Record<string, string | undefined>>

/** Does the work; writes results, and nothing else, to standard output. Fails by throwing an error that is a sentence. */
export type Command = (options: Options) => Promise<void>

export interface CommandEntry {
  summary: string
  /** Ways to call it, without the program's name. */
  usages: readonly string[]
  /** Each takes a value: its name for the help, and what it means. */
  options: Readonly<Record<string, readonly [value: string, meaning: string]>>
  /** What comes after the name of the command, where it does more than one thing; the command gets it as `action`. */
  actions?: readonly string[]
  /** Loaded only when it runs, so that help comes at once. */
  load(): Promise<Command>
}

const data = ['DIR', 'The folder with the data; made when it is not there.'] as const

const passphrase = {
  'passphrase-file': ['FILE', 'A file whose first line is the passphrase of the data; - reads standard input.'],
} as const

const database = [
  'URL',
  'postgres://user@host:port/database of the centre; the password is better put into PGPASSWORD.',
] as const

const names = [
  'A,B',
  'Addresses and names under which devices come, the first in invitations; all of this machine unless told.',
] as const

export const catalog: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: 'Serve BDC to a browser on this machine until it is told to stop.',
    usages: ['serve --data DIR --port N'],
    options: {
      data,
      port: ['N', 'The port to listen at; 0 takes any that is free.'],
      renderer: ['DIR', 'The folder of the built screens; dist/renderer of BDC unless told.'],
      ...passphrase,
    },
    load: async () => (await import('./serve.ts')).serve,
  },
  practice: {
    summary: 'Fill an empty data folder with the practice centre, and say how to sign in.',
    usages: ['practice --data DIR'],
    options: { data, ...passphrase },
    load: async () => (await import('./practice.ts')).practice,
  },
  schema: {
    summary: 'Print the complete SQL of the database.',
    usages: ['schema --dialect sqlite|postgres'],
    options: { dialect: ['NAME', 'sqlite or postgres.'] },
    load: async () => (await import('./schema.ts')).schema,
  },
  migrate: {
    summary: 'Bring a database up to date, and say what was done.',
    usages: ['migrate --data DIR', 'migrate --dialect postgres --url URL'],
    options: {
      data,
      dialect: ['NAME', 'postgres, for the database of the centre; sqlite unless told.'],
      url: ['URL', 'postgres://user@host:port/database; the password is better put into PGPASSWORD.'],
      ...passphrase,
    },
    load: async () => (await import('./migrate.ts')).migrate,
  },
  generate: {
    summary: 'Fill an empty data folder with a practice centre of any size, for demonstrations and measurements.',
    usages: ['generate --data DIR --beneficiaries N --responses N [--seed S]'],
    options: {
      data,
      beneficiaries: ['N', 'How many people, besides those of the practice centre.'],
      responses: ['N', 'How many answers they have given, at least; the last attempt is not cut short.'],
      seed: ['S', 'A whole number; the same gives the same people on the same day. 1 unless told.'],
      ...passphrase,
    },
    load: async () => (await import('./generate.ts')).generate,
  },
  unlock: {
    summary: 'For head office: let somebody in by phone who has forgotten the password.',
    usages: ['unlock keygen --key FILE', 'unlock sign --key FILE --request CODE --email ADDRESS'],
    actions: ['keygen', 'sign'],
    options: {
      key: ['FILE', 'The private key; keygen makes it, readable by its owner alone, and prints the public one.'],
      request: ['CODE', 'What the person reads out from the screen.'],
      email: ['ADDRESS', 'Of the account, after you have made sure who is calling.'],
    },
    load: async () => (await import('./unlock.ts')).unlock,
  },
  backup: {
    summary: 'Make a checked and encrypted backup while BDC is not running, and print its folder.',
    usages: ['backup --data DIR [--to DIR]'],
    options: {
      data,
      to: ['DIR', 'Where the folder of the backup comes; backups beside the data unless told.'],
      ...passphrase,
    },
    load: async () => (await import('./back-up.ts')).backUp,
  },
  restore: {
    summary: 'Put a backup into the place of the data, which is kept aside. On a new computer, give an empty folder.',
    usages: ['restore --data DIR --from BACKUP'],
    options: {
      data,
      from: ['BACKUP', 'The folder of the backup.'],
      'backup-passphrase-file': [
        'FILE',
        'Its first line is a passphrase from the time of the backup; - reads standard input.',
      ],
      'recovery-code-file': [
        'FILE',
        'Its first line is the recovery code from the time of the backup; - reads standard input.',
      ],
      'replace-keys': ['yes', 'Where the keys of the data are lost: keep them aside and take those of the backup.'],
      ...passphrase,
    },
    load: async () => (await import('./restore.ts')).restore,
  },
  decrypt: {
    summary: 'Open a file that was exported under a passphrase, and print where it is.',
    usages: ['decrypt --file FILE --to DIR --passphrase-file FILE'],
    options: {
      file: ['FILE', 'The sealed file.'],
      to: ['DIR', 'The folder to put it into; nothing that is there is replaced.'],
      'passphrase-file': ['FILE', 'A file whose first line is the passphrase; - reads standard input.'],
    },
    load: async () => (await import('./decrypt.ts')).decrypt,
  },
  doctor: {
    summary: 'Check a data folder without changing it: one line for each check, and what to do.',
    usages: ['doctor --data DIR'],
    options: { data: ['DIR', 'The folder with the data.'], ...passphrase },
    load: async () => (await import('./doctor.ts')).doctor,
  },
  'audit verify': {
    summary: 'Verify that no line of the activity log was altered, and name the first that was.',
    usages: ['audit verify --data DIR'],
    options: { data: ['DIR', 'The folder with the data.'], ...passphrase },
    load: async () => (await import('./audit.ts')).auditVerify,
  },
  'privacy register': {
    summary: 'Print the register of processing: which personal data is kept, why, and what becomes of it.',
    usages: ['privacy register'],
    options: {},
    load: async () => (await import('./privacy.ts')).privacyRegister,
  },
  'centre init': {
    summary:
      'Make a PostgreSQL database the centre, or bring it up to date: tables, functions, roles and their rights.',
    usages: ['centre init --database URL [--gateway-password-file FILE] [--prefix NAME]'],
    options: {
      database,
      'gateway-password-file': [
        'FILE',
        'Its first line is the password that the gateway logs in with; - reads standard input.',
      ],
      prefix: [
        'NAME',
        'Before the names of all roles, where one server holds several centres; bdc unless told, and the same ever after.',
      ],
    },
    load: async () => (await import('./centre/init.ts')).centreInit,
  },
  'centre start': {
    summary: 'Let devices reach the centre over HTTPS until it is told to stop.',
    usages: [
      'centre start --database URL --port N --data DIR [--names A,B]',
      'centre start --database URL --port N --cert FILE --key FILE --names NAME',
    ],
    options: {
      database,
      port: ['N', 'The port to listen at; 0 takes any that is free.'],
      data: ['DIR', 'The folder with the authority of the centre; made when it is not there.'],
      names,
      cert: ['FILE', 'A certificate that devices verify by themselves, PEM, instead of one of the own authority.'],
      key: ['FILE', 'Its private key, PEM.'],
    },
    load: async () => (await import('./centre/start.ts')).centreStart,
  },
  'centre invite': {
    summary: 'Make a code that lets one device in within ten minutes, and print it.',
    usages: [
      'centre invite --database URL --organization NAME [--new yes] [--scope SCOPE] [--trainer ADDRESS]',
      'centre invite ... --direct HOST:PORT [--authority FILE] [--days N]',
    ],
    options: {
      database,
      organization: ['NAME', 'The organization that the device becomes part of.'],
      new: ['yes', 'Make the organization, because the centre does not have it yet.'],
      scope: ['SCOPE', 'What the device gets: organization, trainer or kiosk; organization unless told.'],
      trainer: ['ADDRESS', 'The e-mail address of the trainer whose people it gets.'],
      direct: [
        'HOST:PORT',
        'Let it reach PostgreSQL itself there, as the certificate names it; where that does not answer, it comes by the gateway.',
      ],
      authority: [
        'FILE',
        'The certificate of the authority behind PostgreSQL, PEM, unless a public one vouches for it.',
      ],
      days: ['N', 'How long the password that the device makes for PostgreSQL is good for; 365 unless told.'],
    },
    load: async () => (await import('./centre/invite.ts')).centreInvite,
  },
  'centre devices': {
    summary:
      'List the devices of the centre: how far behind they are, their version, and when they were last in touch.',
    usages: ['centre devices --database URL [--organization NAME]'],
    options: { database, organization: ['NAME', 'Only those of one organization.'] },
    load: async () => (await import('./centre/devices.ts')).centreDevices,
  },
  'centre revoke': {
    summary: 'Shut a device out at once; it locks when it is next in touch.',
    usages: ['centre revoke --database URL --site N'],
    options: { database, site: ['N', 'The number of the device: "centre devices" shows it.'] },
    load: async () => (await import('./centre/devices.ts')).centreRevoke,
  },
  'centre rename': {
    summary: 'Call a device otherwise; the others hear of it when they are next in touch.',
    usages: ['centre rename --database URL --site N --name NAME'],
    options: {
      database,
      site: ['N', 'The number of the device: "centre devices" shows it.'],
      name: ['NAME', 'What it is called from now on.'],
    },
    load: async () => (await import('./centre/devices.ts')).centreRename,
  },
  'centre readmit': {
    summary: 'Let a device in again that was shut out by mistake; it opens at its next start with a network.',
    usages: ['centre readmit --database URL --site N'],
    options: { database, site: ['N', 'The number of the device: "centre devices" shows it.'] },
    load: async () => (await import('./centre/devices.ts')).centreReadmit,
  },
  'centre login': {
    summary: 'Let a device reach PostgreSQL itself instead of the gateway, list those that do, or end it.',
    usages: [
      'centre login add --database URL --site N [--days N] [--host HOST:PORT]',
      'centre login list --database URL [--organization NAME]',
      'centre login remove --database URL --site N',
    ],
    actions: ['add', 'list', 'remove'],
    options: {
      database,
      site: ['N', 'The number of the device: "centre devices" shows it.'],
      days: ['N', 'How long its password is good for; 365 unless told.'],
      host: [
        'HOST:PORT',
        'Where devices reach PostgreSQL, as its certificate names it; that of --database unless told.',
      ],
      organization: ['NAME', 'Only those of one organization.'],
    },
    load: async () => (await import('./centre/login.ts')).centreLogin,
  },
  'centre move': {
    summary:
      'Give a person with everything about them to another trainer, or to another organization, say what that does, or take it back.',
    usages: [
      'centre move --database URL --organization NAME --person WHO --to ADDRESS [--preview yes]',
      'centre move --database URL --organization NAME --person WHO --to-organization NAME [--to ADDRESS] [--preview yes]',
      'centre move --database URL --undo N',
      'centre move --database URL --late N',
    ],
    options: {
      database,
      organization: ['NAME', 'The organization.'],
      person: ['WHO', 'The address, the whole name, or the number of the file.'],
      to: ['ADDRESS', 'The e-mail address of the trainer who takes them over.'],
      'to-organization': ['NAME', 'The organization that takes them over; --to then names a trainer there.'],
      preview: ['yes', 'Only say what it would do.'],
      undo: ['N', 'The number that the move printed.'],
      late: ['N', 'The same: what was written in the organization before, after somebody had gone to another one.'],
    },
    load: async () => (await import('./centre/move.ts')).centreMove,
  },
  'centre tidy': {
    summary:
      'Forget now what is old enough: deletions that every device has heard of, and contents that nothing names.',
    usages: ['centre tidy --database URL'],
    options: { database },
    load: async () => (await import('./centre/tidy.ts')).centreTidy,
  },
  'centre room': {
    summary: 'Say how much the documents of an organization may take at the centre.',
    usages: ['centre room --database URL --organization NAME --gigabytes N'],
    options: {
      database,
      organization: ['NAME', 'The organization.'],
      gigabytes: ['N', 'Gigabytes, 20 at first; what is there already stays.'],
    },
    load: async () => (await import('./centre/room.ts')).centreRoom,
  },
  'centre demo': {
    summary: 'Run a whole centre for a trial, with a PostgreSQL of its own, and print an invitation.',
    usages: ['centre demo --data DIR [--port N] [--names A,B]'],
    options: { data: ['DIR', 'The folder with everything of it.'], port: ['N', 'The port to listen at.'], names },
    load: async () => (await import('./centre/demo.ts')).centreDemo,
  },
}
