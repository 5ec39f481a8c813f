import Sqlite from 'better-sqlite3'

/** Loaded before the workload: every connection is told `synchronous = NORMAL` where the program asks for FULL. */
const { pragma } = Sqlite.prototype
Sqlite.prototype.pragma = function (source, options) {
  return pragma.call(this, source.replace('synchronous = FULL', 'synchronous = NORMAL'), options)
}
