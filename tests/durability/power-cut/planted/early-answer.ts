import Sqlite from 'better-sqlite3'

/** Loaded before the workload: the door answers, and the commit comes right after. */
const { close, prepare, pragma } = Sqlite.prototype
const due = new Set<Sqlite.Database>()

function commit(database: Sqlite.Database) {
  if (due.delete(database)) database.exec('COMMIT')
}

Sqlite.prototype.pragma = function (source, options) {
  commit(this)
  return pragma.call(this, source, options)
}

Sqlite.prototype.close = function () {
  commit(this)
  return close.call(this)
}

Sqlite.prototype.prepare = function (this: Sqlite.Database, source: string) {
  const statement: Sqlite.Statement<unknown[]> = prepare.call(this, source)
  const run = statement.run.bind(statement)
  if (this.readonly) {
    // A sign-in would not find the account that was just made, and the day would end there.
    const all = statement.all.bind(statement)
    statement.all = (...values: unknown[]) => {
      due.forEach(commit)
      return all(...values)
    }
  }
  if (source === 'COMMIT') {
    statement.run = () => {
      due.add(this)
      setImmediate(commit, this)
      return { changes: 0, lastInsertRowid: 0 }
    }
  }
  if (source === 'BEGIN IMMEDIATE') {
    statement.run = () => {
      commit(this)
      return run()
    }
  }
  return statement
} as typeof prepare
