import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const source = join(import.meta.dirname, 'watched-disk.c')
const compilers = ['cc', 'gcc', 'clang']

export interface WatchedDisk extends Disposable {
  /** What a program needs in its environment to be watched. */
  environment(watched: WatchedFolder): NodeJS.ProcessEnv
}

export interface WatchedFolder {
  folder: string
  log?: string
  marks?: string
  fault?: string
}

/** Why no disk can be watched here; undefined when one can. */
export function notWatchableReason(): string | undefined {
  if (process.platform !== 'linux')
    return 'a program is put between another and the C library on Linux only (LD_PRELOAD)'
  if (compiler() === undefined) return 'there is no C compiler: install gcc or clang, then run the test again'
  return undefined
}

/** The library between a program and the C library, compiled by this machine. */
export function watchedDisk(): WatchedDisk {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-disk-'))
  const library = join(folder, 'watched-disk.so')
  execFileSync(compiler() ?? 'cc', [
    '-O2',
    '-Wall',
    '-Werror',
    '-shared',
    '-fPIC',
    '-o',
    library,
    source,
    '-ldl',
    '-lpthread',
  ])
  return {
    environment: (watched) => ({
      ...process.env,
      LD_PRELOAD: library,
      BDC_DISK_FOLDER: watched.folder,
      BDC_DISK_LOG: watched.log,
      BDC_DISK_MARKS: watched.marks,
      BDC_DISK_FAULT: watched.fault,
    }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Where that needs nobody's consent, as root on Debian and its kin, a missing compiler is installed. */
function compiler(): string | undefined {
  const found = installed()
  if (found !== undefined || process.getuid?.() !== 0) return found
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (spawnSync('apt-get', ['update'], { env }).status === 0) {
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev'], { env })
  }
  return installed()
}

function installed(): string | undefined {
  return compilers.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
}
