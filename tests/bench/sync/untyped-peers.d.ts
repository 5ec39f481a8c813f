declare module 'pouchdb' {
  interface Replicated {
    docs_written: number
  }
  interface Options {
    batch_size: number
    batches_limit: number
  }
  /** As much of it as the bench asks for. */
  export default class PouchDB {
    static defaults(options: { prefix: string }): typeof PouchDB
    constructor(name: string)
    bulkDocs(docs: object[]): Promise<unknown>
    replicate: {
      to(other: PouchDB, options: Options): Promise<Replicated>
      from(other: PouchDB, options: Options): Promise<Replicated>
    }
    close(): Promise<void>
  }
}

declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http'
  import type PouchDB from 'pouchdb'

  export default function expressPouchDB(
    server: typeof PouchDB,
    options: { mode: 'minimumForPouchDB'; inMemoryConfig: boolean },
  ): RequestListener
}
