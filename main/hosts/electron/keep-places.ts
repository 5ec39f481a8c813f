import { dirname, join, relative, sep } from 'node:path'
import type { Plugin } from 'vite'

export const outDir = join(import.meta.dirname, '../../../dist/electron')

/** Bundled or not, a module finds the migrations and its other files from where its source is in the project. */
export function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.dirname')) return null
      const place = relative(outDir, dirname(id)).split(sep).join('/')
      return { code: code.replaceAll('import.meta.dirname', `(import.meta.dirname + '/${place}')`), map: null }
    },
  }
}
