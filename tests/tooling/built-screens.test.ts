import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const dist = join(import.meta.dirname, '../../dist')
const folders = ['renderer', 'unlock', 'room']
const missing = folders.filter((folder) => !existsSync(join(dist, folder, 'index.html')))
const skipReason = missing.length > 0 ? `${missing.join(', ')} not built: run "npm run build"` : undefined

/** Addresses that libraries compare with or name in the text of an error; nothing asks them. */
const named = new Set([
  'http://www.w3.org/',
  'https://www.w3.org/',
  'http://json-schema.org/',
  'https://json-schema.org/',
  'https://react.dev/',
  'https://react.i18next.com/',
  'https://mantine.dev/',
  // What draws a PDF tries the browser's own URL with these, and knows these names of XML.
  'http://example.com',
  'https://foo.bar',
  'https://a',
  'https://a/',
  'https://x',
  'https://github.com/',
  'http://www.xfa.org/',
  'http://ns.adobe.com/',
  // What relative addresses are worked out against.
  'http://localhost',
  'http://orpc',
])

const addressesIn = (text: string) => text.match(/\bhttps?:\/\/\w[\w.-]*(:\d+)?\/?/g) ?? []

describe('item 20: the built screens', { skip: skipReason !== undefined, meta: { skipReason } }, () => {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.{html,js,css,json}`),
    { cwd: dist },
  )

  it('name no place in the world from which anything could come', () => {
    expect(files.length).toBeGreaterThan(5)
    const foreign = files.flatMap((file) =>
      addressesIn(readFileSync(join(dist, file), 'utf8'))
        .filter((address) => !named.has(address))
        .map((address) => `${file}: ${address}`),
    )
    expect([...new Set(foreign)]).toEqual([])
  })

  it('would not pass with a script from elsewhere', () => {
    const planted = '<script src="https://cdn.example.org/x.js"></script>'
    expect(addressesIn(planted).filter((address) => !named.has(address))).toEqual(['https://cdn.example.org/'])
  })

  it('bring no code into being from text', () => {
    for (const file of files.filter((name) => name.endsWith('.html'))) {
      const html = readFileSync(join(dist, file), 'utf8')
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>[^<]|\son\w+=|javascript:/i)
    }
  })
})
