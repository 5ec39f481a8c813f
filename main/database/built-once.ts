import type { CompiledQuery } from 'kysely'

/** Stands for a value in a statement that is built before the value is known. */
class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

interface Executor {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ rows: Row[] }>
}

/**
 * A statement that is built at its first use and only bound after that: building a short statement takes longer than
 * running it. For the few that stand between a key press and "saved"; `values` may only be bound, never looked at.
 */
export function builtOnce<Db extends Executor, Values extends object, Row>(
  build: (db: Db, values: Values) => { compile(): CompiledQuery<Row> },
): (db: Db, values: Values) => Promise<Row[]> {
  const slots = new Proxy({} as Values, { get: (_, name) => new Slot(String(name)) })
  let built: CompiledQuery<Row> | undefined

  return async (db, values) => {
    built ??= build(db, slots).compile()
    const parameters = built.parameters.map((parameter) =>
      parameter instanceof Slot ? Reflect.get(values, parameter.name) : parameter,
    )
    const { rows } = await db.executeQuery<Row>({ ...built, parameters })
    return rows
  }
}
