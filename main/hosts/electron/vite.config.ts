import { join } from 'node:path'
import { defineConfig } from 'vite'

/** The main process in one file, at the depth at which the core looks for its migrations. Native add-ons stay outside. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3', '@node-rs/bcrypt'] },
  build: {
    ssr: 'main.ts',
    outDir: join(import.meta.dirname, '../../../dist/electron'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false } },
  },
})
