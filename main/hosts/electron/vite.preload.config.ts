import { join } from 'node:path'
import { defineConfig } from 'vite'

/** A sandboxed preload must be a single CommonJS file. Built after the main process, into the same folder. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: 'preload.ts',
    outDir: join(import.meta.dirname, '../../../dist/electron'),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false } },
  },
})
