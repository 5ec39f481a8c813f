import { join } from 'node:path'
import { defineConfig } from 'vite'
import { keepPlaces, outDir } from './keep-places.ts'

/** The thread that agrees with the centre, as a file beside the main process. Built after it, into the same folder. */
export default defineConfig({
  root: join(import.meta.dirname, '../../sync'),
  plugins: [keepPlaces()],
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2'] },
  build: {
    ssr: 'worker.ts',
    outDir,
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'sync-worker.js', codeSplitting: false } },
  },
})
