import { largestWhole } from '../../sync/transports/parts.ts'
import { sha256 } from '../../sync/transports/signed-request.ts'

interface Whole {
  site: number
  digest: string
  size: number
  parts: Buffer[]
  has: number
  at: number
}

const keptMs = 60 * 60_000

/** Of each direction: while one is being worked on, the next one comes. */
const ofEachSite = 2

/**
 * What comes and goes in parts, in memory: a few for each site, and of all no more than `most` bytes. Whatever is dropped, the one that lost its place longest unused first, is sent once more.
 */
export function keptWholes(now: () => number, most = 8 * largestWhole) {
  const kept = new Map<string, Whole>()

  function find(site: number, digest: string): Whole | undefined {
    const whole = kept.get(keyOf(site, digest))
    if (whole) whole.at = now()
    return whole
  }
  function makeRoom(bytes: number) {
    for (const [key, { at }] of kept) if (now() - at > keptMs) kept.delete(key)
    const oldest = [...kept].sort(([, a], [, b]) => a.at - b.at)
    let used = oldest.reduce((sum, [, { size }]) => sum + size, 0)
    for (const [key, { size }] of oldest) {
      if (used + bytes <= most) return
      kept.delete(key)
      used -= size
    }
  }
  function begin(site: number, digest: string, size: number): Whole {
    kept.delete(keyOf(site, digest))
    const its = [...kept].filter(([, whole]) => whole.site === site).sort(([, a], [, b]) => b.at - a.at)
    for (const [key] of its.slice(ofEachSite - 1)) kept.delete(key)
    makeRoom(size)
    const whole = { site, digest, size, parts: [], has: 0, at: now() }
    kept.set(keyOf(site, digest), whole)
    return whole
  }
  return {
    /** Takes a part that begins where the others end, and says how much is there; any other part changes nothing. */
    add(site: number, { digest, size, from, part }: { digest: string; size: number; from: number; part: Buffer }) {
      const found = find(site, digest)
      const whole = found?.size === size ? found : begin(site, digest, size)
      if (from === whole.has && whole.has + part.length <= size) {
        whole.parts.push(part)
        whole.has += part.length
      }
      return whole.has
    },
    /** The whole once all of it is there and is what its name says. */
    take(site: number, digest: string): Buffer | undefined {
      const whole = find(site, digest)
      if (!whole || whole.has !== whole.size) return undefined
      const all = joined(whole)
      if (sha256(all) === digest) return all
      kept.delete(keyOf(site, digest))
      return undefined
    },
    put(site: number, all: Buffer): string {
      const digest = sha256(all)
      const whole = begin(site, digest, all.length)
      whole.parts.push(all)
      whole.has = all.length
      return digest
    },
    read(site: number, digest: string, from: number, bytes: number): Buffer | undefined {
      const whole = find(site, digest)
      return whole && joined(whole).subarray(from, from + bytes)
    },
  }
}

function keyOf(site: number, digest: string): string {
  return `${site} ${digest}`
}

/** An answer is one piece, and asked for many times. */
function joined({ parts: [first, ...others] }: Whole): Buffer {
  return others.length === 0 && first ? first : Buffer.concat(first ? [first, ...others] : [])
}
