/** One fault planted into the sources: `from` must stand in `file` exactly once. */
export interface Mutant {
  name: string
  file: string
  from: string
  to: string
  /** Of tests/sync: what was written to notice it, tried before any world. */
  tests?: readonly string[]
}
