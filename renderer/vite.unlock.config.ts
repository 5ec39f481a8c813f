import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The one screen of a locked computer, built apart: nothing of the product is there before the data is open. */
export default defineConfig({
  root: `${import.meta.dirname}/unlock`,
  publicDir: '../public',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/unlock',
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: { output: { strictExecutionOrder: true, codeSplitting: false } },
  },
})
