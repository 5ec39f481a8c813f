import { dirname, join, relative, sep } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const root = join(import.meta.dirname, '../../..')
const outDir = join(root, 'dist/electron')

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

/** Bundled or not, a module finds the migrations and its other files from where its source is in the project. */
function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.dirname')) return null
      const place = relative(outDir, dirname(id)).split(sep).join('/')
      return { code: code.replaceAll('import.meta.dirname', `(import.meta.dirname + '/${place}')`), map: null }
    },
  }
}
