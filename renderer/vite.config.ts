import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // Modules run in the order of their imports even across chunks; `lib/no-eval.ts` depends on being first.
        strictExecutionOrder: true,
        codeSplitting: {
          // What every start needs comes in one piece: asking for each of two hundred small ones takes longer than reading them.
          groups: [{ name: 'start', tags: ['$initial'] }],
        },
      },
    },
  },
})
