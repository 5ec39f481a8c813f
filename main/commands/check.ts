/** Looks; returns what is wrong and what to do, or undefined. A throw counts as a problem too. */
export type Check<Subject> = (subject: Subject) => string | undefined | Promise<string | undefined>

export interface Finding {
  check: string
  /** What is wrong and what to do; undefined when all is well. */
  problem?: string
}
