import { defineConfig } from 'vite'
import { keepPlaces, outDir } from './keep-places.ts'

/** The main process in one file. Native add-ons stay outside. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [keepPlaces()],
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3', '@node-rs/argon2', '@node-rs/bcrypt'] },
  build: {
    ssr: 'main.ts',
    outDir,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false } },
  },
})
