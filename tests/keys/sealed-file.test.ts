import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastCost } from '../../main/keys/passphrase.ts'
import { sealFile, unsealFile } from '../../main/keys/sealed-file.ts'
import { runCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'

const passphrase = 'quatre mots à moi'
const file = { fileName: 'Exercices é.xml', bytes: Buffer.from('<CANARY/>'.repeat(1000)) }

describe('a sealed file', () => {
  it('shows nothing, and gives back what went in', async () => {
    const sealed = await sealFile(file, passphrase, leastCost)
    expect(sealed.includes('CANARY')).toBe(false)
    expect(sealed.includes('Exercices')).toBe(false)
    expect(await unsealFile(sealed, passphrase)).toEqual(file)
  })

  it('does not open with another passphrase, nor with any byte changed or missing', async () => {
    const sealed = await sealFile({ fileName: 'a', bytes: Buffer.from('text') }, passphrase, leastCost)
    await expect(unsealFile(sealed, 'quatre mots a moi')).rejects.toThrow(/does not open this file/)
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
        const changed = Buffer.from(sealed)
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
        await expect(unsealFile(changed, passphrase)).rejects.toThrow()
        await expect(unsealFile(sealed.subarray(0, at), passphrase)).rejects.toThrow()
      }),
      { numRuns: 40 },
    )
  })

  it('is opened by the command line, which replaces nothing', async () => {
    const folder = temporaryFolder()
    const [path, secret] = [join(folder, 'file.bdcsealed'), join(folder, 'secret')]
    writeFileSync(path, await sealFile(file, passphrase, leastCost))
    writeFileSync(secret, `${passphrase}\n`)
    const run = () => runCli('decrypt', '--file', path, '--to', folder, '--passphrase-file', secret)
    expect(await run()).toMatchObject({ code: 0, stdout: `${join(folder, file.fileName)}\n` })
    expect(readFileSync(join(folder, file.fileName)).equals(file.bytes)).toBe(true)
    expect(await run()).toMatchObject({ code: 1, stdout: '' })
  })

  it('is not put elsewhere, and not as a program, by the name inside', async () => {
    const folder = temporaryFolder()
    const to = join(folder, 'to')
    mkdirSync(to)
    const [path, secret] = [join(folder, 'file.bdcsealed'), join(folder, 'secret')]
    writeFileSync(path, await sealFile({ ...file, fileName: '../report.pdf.exe' }, passphrase, leastCost))
    writeFileSync(secret, `${passphrase}\n`)
    const done = await runCli('decrypt', '--file', path, '--to', to, '--passphrase-file', secret)
    expect(done).toMatchObject({ code: 0, stdout: `${join(to, 'report.pdf.exe.bin')}\n` })
    expect(readdirSync(folder).sort()).toEqual(['file.bdcsealed', 'secret', 'to'])
  })
})
