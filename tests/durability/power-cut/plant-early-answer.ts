import Sqlite from 'better-sqlite3'

/** Loaded before the workload: a write is acknowledged before it is committed. */
const { prepare } = Sqlite.prototype
Sqlite.prototype.prepare = function (source: string) {
  const statement = prepare.call(this, source)
  if (source !== 'COMMIT') return statement
  const commit = statement.run.bind(statement)
  const begun = prepare.call(this, 'BEGIN IMMEDIATE')
  return Object.assign(statement, { run: () => void setImmediate(() => this.inTransaction && commit()), begun })
}
