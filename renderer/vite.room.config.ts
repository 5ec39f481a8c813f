import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The learners' own screens, built apart: what is not reachable from here does not exist in the room. */
export default defineConfig({
  root: join(import.meta.dirname, 'room'),
  publicDir: join(import.meta.dirname, 'public'),
  base: './',
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, '../dist/room'),
    emptyOutDir: true,
    target: 'chrome107',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
    // In one file: a phone that has opened the page needs nothing more of the network but its calls.
    rolldownOptions: { output: { strictExecutionOrder: true, codeSplitting: false } },
  },
})
