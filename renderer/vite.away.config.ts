import { defineConfig, type Plugin } from 'vite'

const folder = `${import.meta.dirname}/away`

/** The page for the time when the host is away, and the worker that keeps it: beside the screens, and built apart from them. */
export default defineConfig({
  root: folder,
  publicDir: '../public',
  base: './',
  plugins: [workerForPage()],
  build: {
    outDir: '../../dist/renderer',
    emptyOutDir: false,
    target: 'chrome120',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { away: `${folder}/away.html`, 'away-worker': `${folder}/worker/away-worker.ts` },
      output: { entryFileNames: ({ name }) => (name === 'away-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
})

/** Tells the worker which files make its page, and by a hash of them which build they are of; its own name never changes. */
function workerForPage(): Plugin {
  return {
    name: 'bdc-away-worker',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const { 'away-worker.js': worker, 'away.html': page } = bundle
      if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('The worker or its page is missing.')
      const html = String(page.source)
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(html))
      const build = [...new Uint8Array(hash, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      const parts = [...html.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path)
      const files = [...new Set(['/away.html', ...parts])]
      worker.code = `const build = ${JSON.stringify(build)}, files = ${JSON.stringify(files)};\n${worker.code}`
    },
  }
}
