import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../fixtures/qti')

export function qtiFixture(name: string): Buffer {
  return readFileSync(join(folder, `${name}.xml`))
}

export function qtiFixtureNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => name.replace('.xml', ''))
}
