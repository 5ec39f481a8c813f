import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../main/domains/imports/decode-text.ts'

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))

describe('reading a text file', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    const plain = new TextEncoder().encode('élève {T}')
    expect(decodeText(plain)).toEqual({ text: 'élève {T}', guessed: null })
    expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...plain]))).toEqual({ text: 'élève {T}', guessed: null })
  })

  it('reads UTF-16 in both byte orders', () => {
    const little = Uint8Array.from([0xff, 0xfe, ...utf16('مدرسة')])
    const big = Uint8Array.from([0xfe, 0xff, ...Buffer.from(utf16('مدرسة')).swap16()])
    expect(decodeText(little)).toEqual({ text: 'مدرسة', guessed: null })
    expect(decodeText(big)).toEqual({ text: 'مدرسة', guessed: null })
  })

  it('reads UTF-16 without a byte order mark', () => {
    expect(decodeText(utf16('Capital of Mali?')).text).toBe('Capital of Mali?')
    expect(decodeText(new Uint8Array(Buffer.from(utf16('Capital?')).swap16())).text).toBe('Capital?')
  })

  it('takes what is not Unicode for Western, says that it guessed, and reads it as Arabic when told', () => {
    expect(decodeText(Uint8Array.from([0xe9, 0x6c, 0xe8, 0x76, 0x65]))).toEqual({
      text: 'élève',
      guessed: 'windows-1252',
    })
    expect(decodeText(Uint8Array.from([0xc8, 0xed, 0xca]), 'windows-1256')).toEqual({
      text: 'بيت',
      guessed: 'windows-1256',
    })
  })

  it('does not take a cut-off UTF-16 file apart', () => {
    expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0x42])).text).toContain('A')
  })
})
