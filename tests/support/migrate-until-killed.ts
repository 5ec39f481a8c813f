import { migrateDown, migrateUp } from '../../main/database/migrate.ts'
import './keep-compiled.ts'

/** Migrates the database of its arguments in a process of its own, and ends it without warning at the point `killAt`. */
const [path = '', key = '', folder = '', direction = '', killAt = ''] = process.argv.slice(2)
let passed = 0
const options = {
  folder,
  onPoint() {
    passed += 1
    if (passed === Number(killAt)) process.kill(process.pid, 'SIGKILL')
  },
}

if (direction === 'up') await migrateUp(path, Buffer.from(key, 'hex'), options)
else await migrateDown(path, Buffer.from(key, 'hex'), Number(direction), options)
