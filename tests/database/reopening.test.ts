import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { reopening } from '../../main/database/reopening.ts'

const { SqliteError } = Sqlite

/** Counts what is opened and closed in place of real connections. */
function counted() {
  const events: string[] = []
  let openings = 0
  const open = () => {
    openings += 1
    const name = `opening ${openings}`
    events.push(name)
    return { name, close: () => void events.push(`${name} closed`) }
  }
  return { events, open }
}

it('opens everything anew after an error of the disk, and not before somebody asks', () => {
  const { events, open } = counted()
  const file = reopening(open(), open)
  file.failed(new SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC'))
  expect(events).toEqual(['opening 1', 'opening 1 closed'])
  expect(file.current().name).toBe('opening 2')
  expect(file.current().name).toBe('opening 2')
})

it('tries again at the next call when the file cannot be opened either', () => {
  const { events, open } = counted()
  let isBroken = true
  const file = reopening(open(), () => {
    if (isBroken) throw new SqliteError('unable to open database file', 'SQLITE_CANTOPEN')
    return open()
  })
  file.failed(new SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE'))
  expect(() => file.current()).toThrow('unable to open database file')
  isBroken = false
  expect(file.current().name).toBe('opening 2')
  expect(events).toEqual(['opening 1', 'opening 1 closed', 'opening 2'])
})

it.each([
  ['a full disk, where the write was taken back in order', new SqliteError('database or disk is full', 'SQLITE_FULL')],
  ['a rule of the schema', new SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE')],
  ['a bug', new TypeError('x is not a function')],
])('keeps what is open after %s', (_, error) => {
  const { events, open } = counted()
  const file = reopening(open(), open)
  file.failed(error)
  expect(file.current().name).toBe('opening 1')
  expect(events).toEqual(['opening 1'])
})

it('opens nothing any more once it is closed', () => {
  const { events, open } = counted()
  const file = reopening(open(), open)
  file.close()
  expect(() => file.current()).toThrow('The database is closed.')
  expect(events).toEqual(['opening 1', 'opening 1 closed'])
})
