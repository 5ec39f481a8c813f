import { migrationsFolder, stepsIn } from '../database/steps.ts'
import type { Options } from './catalog.ts'
import { oneOf } from './options.ts'

/** Prints the ways up of all steps in their order: an empty database that reads them has the newest schema. */
export async function schema(options: Options) {
  const steps = stepsIn(migrationsFolder(oneOf(options, 'dialect', ['sqlite', 'postgres'])))
  process.stdout.write(steps.map(({ name, up }) => `-- ${name}\n\n${up.trim()}\n`).join('\n'))
}
