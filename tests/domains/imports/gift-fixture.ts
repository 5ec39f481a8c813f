import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../fixtures/gift')

export function giftFixture(name: string): string {
  return readFileSync(join(folder, `${name}.gift`), 'utf8')
}

export function giftFixtureNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gift'))
    .map((name) => name.replace('.gift', ''))
}
