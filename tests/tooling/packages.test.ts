import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingPackages } from '../../scripts/platform-packages.mjs'

const root = join(import.meta.dirname, '../..')
const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
const lock = JSON.parse(lockText) as { packages: Record<string, LockedPackage> }
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

interface LockedPackage {
  version: string
  integrity?: string
  resolved?: string
  os?: string[]
  optionalDependencies?: Record<string, string>
}

const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

describe('the lock file', () => {
  it('names no registry, so that each machine uses its own', () => {
    expect(lockText).not.toMatch(/"resolved"/)
    expect(lockText).not.toMatch(/https?:\/\/[^"]*\.tgz/)
  })

  it('knows the packages of every platform, not only of the machine where it was made', () => {
    const wanted = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
    const known = new Set(
      locked.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    )
    expect(wanted.filter((name) => !known.has(name))).toEqual([])
  })

  it('holds every package that any platform gets to its content', () => {
    const loose = locked.filter(([, { integrity, os }]) => !integrity && !os).map(([path]) => path)
    expect(loose).toEqual([])
  })
})

describe('the packages', () => {
  it('have exact versions', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(versions.filter((version) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('are all here that this platform needs, and would be missed', () => {
    expect(missingPackages(lock, join(root, 'node_modules'))).toEqual([])
    const missed = missingPackages(lock, join(root, 'not-there', 'node_modules'))
    expect(missed.some((name) => name.startsWith('@rolldown/binding-'))).toBe(true)
    expect(existsSync(join(root, 'not-there'))).toBe(false)
  })
})
