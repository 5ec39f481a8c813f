import { processingRegister } from '../domains/privacy/register.ts'

/** Prints the register of processing. */
export async function privacyRegister() {
  process.stdout.write(processingRegister())
}
