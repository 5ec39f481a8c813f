import { basename, dirname, join } from 'node:path'
import type { UserConfig } from 'vite'
import { keepPlaces, outDir } from './keep-places.ts'

/** A thread as a file beside the main process. Built after it, into the same folder. */
export function threadBuild(source: string, name: string): UserConfig {
  return {
    root: join(import.meta.dirname, dirname(source)),
    plugins: [keepPlaces()],
    ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2'] },
    build: {
      ssr: basename(source),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: name, codeSplitting: false } },
    },
  }
}
