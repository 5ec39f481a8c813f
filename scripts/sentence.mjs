/** A failure that the person at the keyboard can do something about: its message is all they need to see. */
export class Sentence extends Error {
  /** @override */
  name = 'Sentence'
}

/**
 * Runs a command's main function; a `Sentence` is shown as it is, anything else with its stack, and both end with code 1.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    process.exitCode = 1
  }
}
