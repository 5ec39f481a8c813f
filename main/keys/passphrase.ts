import { hashRaw } from '@node-rs/argon2'
import * as z from 'zod'

/**
 * What one guess costs. The floor is OWASP's least for argon2id; whoever writes less into the file gets nothing opened. The
 * ceiling keeps a file from taking all the memory of the machine.
 */
export const PassphraseCost = z.object({
  memoryKiB: z
    .int()
    .min(19 * 1024)
    .max(1024 * 1024),
  passes: z.int().min(2).max(16),
})
export type PassphraseCost = z.infer<typeof PassphraseCost>

/** 256 MiB: about a second on a small laptop, and no graphics card tries many at once. */
export const ordinaryCost: PassphraseCost = { memoryKiB: 256 * 1024, passes: 4 }
export const leastCost: PassphraseCost = { memoryKiB: 19 * 1024, passes: 2 }

/** argon2id (RFC 9106) of a passphrase, off the main thread. The same letters typed another way give the same key. */
export function keyOfPassphrase(passphrase: string, salt: Buffer, { memoryKiB, passes }: PassphraseCost) {
  return hashRaw(passphrase.normalize('NFKC'), {
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: 1,
    outputLen: 32,
    salt,
  })
}
