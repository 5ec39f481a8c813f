import { execFileSync, spawnSync } from 'node:child_process'

const ip = (...words: string[]) => execFileSync('ip', words, { stdio: ['ignore', 'pipe', 'pipe'] })

/** Why two machines on a cable cannot be made here; undefined when they can. */
export function noNetworkReason(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are a part of Linux'
  const probe = `bdc-probe-${process.pid}`
  const made = spawnSync('ip', ['netns', 'add', probe])
  if (made.status !== 0) return 'this user may not make network namespaces'
  ip('netns', 'del', probe)
  return undefined
}

export interface Cable extends Disposable {
  /** The command line that runs a program on one of the two machines. */
  on(side: 'laptop' | 'tablet'): readonly [command: string, ...words: string[]]
  laptopAddress: string
  cut(): void
  mend(): void
}

/** A laptop and a tablet, each with a network of its own, and a cable between them; nothing leads anywhere else. */
export function layCable(): Cable {
  const id = process.pid.toString(36)
  const names = { laptop: `bdc-laptop-${id}`, tablet: `bdc-tablet-${id}` }
  const ends = { laptop: `bl${id}`.slice(0, 15), tablet: `bt${id}`.slice(0, 15) }
  const addresses = { laptop: '10.77.0.1', tablet: '10.77.0.2' }
  const sides = ['laptop', 'tablet'] as const

  for (const side of sides) ip('netns', 'add', names[side])
  ip('link', 'add', ends.laptop, 'type', 'veth', 'peer', 'name', ends.tablet)
  for (const side of sides) {
    ip('link', 'set', ends[side], 'netns', names[side])
    ip('-n', names[side], 'addr', 'add', `${addresses[side]}/24`, 'dev', ends[side])
    ip('-n', names[side], 'link', 'set', 'lo', 'up')
    ip('-n', names[side], 'link', 'set', ends[side], 'up')
  }
  return {
    on: (side) => ['ip', 'netns', 'exec', names[side]],
    laptopAddress: addresses.laptop,
    cut: () => void ip('-n', names.tablet, 'link', 'set', ends.tablet, 'down'),
    mend: () => void ip('-n', names.tablet, 'link', 'set', ends.tablet, 'up'),
    [Symbol.dispose]() {
      for (const side of sides) ip('netns', 'del', names[side])
    },
  }
}
