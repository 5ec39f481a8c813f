import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The learners' own screens, built apart: what is not reachable from here does not exist in the room. */
export default defineConfig({
  root: `${import.meta.dirname}/room`,
  publicDir: '../public',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/room',
    emptyOutDir: true,
    target: 'chrome107',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_600,
    // In one file: a phone that has opened the page needs nothing more of the network but its calls.
    rolldownOptions: { output: { strictExecutionOrder: true, codeSplitting: false } },
  },
})
