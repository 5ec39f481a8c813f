import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { electronBinary } from '../../../scripts/electron-binary.mjs'

let folder: string
let memory: string
let mirror: Server
let asked: string[]

/** An electron package whose installer makes the program out of nothing, unless told to fail. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-electron-'))
  memory = join(folder, 'cache', 'memory.json')
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.0.0' }))
  installerDoes(
    `fs.mkdirSync(at('dist')); fs.writeFileSync(at('dist/electron'), ''); fs.writeFileSync(at('path.txt'), 'electron')`,
  )
  asked = []
  vi.stubEnv('electron_config_cache', join(folder, 'zips'))
  vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  mirror?.close()
  rmSync(folder, { recursive: true })
})

function installerDoes(code: string) {
  const prelude = `const fs = require('fs'), at = (name) => require('path').join(__dirname, name);`
  writeFileSync(join(folder, 'install.js'), prelude + code)
}

async function mirrorAnswers(status: number | 'never') {
  mirror = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (status !== 'never') response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => mirror.once('listening', resolve))
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`)
}

const find = () => electronBinary({ folder, memory, say: () => {} })

it('gives up when the network swallows the question', async () => {
  await mirrorAnswers('never')
  const start = performance.now()
  expect(await electronBinary({ folder, memory, patience: 200, say: () => {} })).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(2_000)
  mirror.closeAllConnections()
})

it('asks once a day when it is not to be had, and again the day after, for another version, or when told to', async () => {
  await mirrorAnswers(404)
  expect(await find()).toBeUndefined()
  expect(await find()).toBeUndefined()
  expect(asked).toEqual([`HEAD /v45.0.0/electron-v45.0.0-${process.platform}-${process.arch}.zip`])

  const yesterday = JSON.parse(readFileSync(memory, 'utf8'))
  writeFileSync(memory, JSON.stringify({ ...yesterday, at: yesterday.at - 25 * 60 * 60 * 1000 }))
  await find()
  expect(asked).toHaveLength(2)

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '46.0.0' }))
  await find()
  expect(asked).toHaveLength(3)

  await electronBinary({ folder, memory, askAgain: true, say: () => {} })
  expect(asked).toHaveLength(4)
})

it('remembers an installer that fails', async () => {
  await mirrorAnswers(200)
  installerDoes('process.exit(1)')
  expect(await find()).toBeUndefined()
  expect(existsSync(memory)).toBe(true)
})

it('does not fetch where that has been switched off', async () => {
  await mirrorAnswers(200)
  vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '1')
  expect(await find()).toBeUndefined()
  expect(asked).toEqual([])
})

it('fetches it where it is in reach, and then has it without asking anybody', async () => {
  await mirrorAnswers(200)
  expect(await find()).toBe(join(folder, 'dist', 'electron'))
  expect(await find()).toBe(join(folder, 'dist', 'electron'))
  expect(asked).toHaveLength(1)
})

it('unpacks a zip that was carried here, without the network', async () => {
  await mirrorAnswers(404)
  const carried = join(folder, 'zips', 'some-hash')
  mkdirSync(carried, { recursive: true })
  writeFileSync(join(carried, `electron-v45.0.0-${process.platform}-${process.arch}.zip`), '')
  expect(await find()).toBe(join(folder, 'dist', 'electron'))
  expect(asked).toEqual([])
})
