import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { checkLetter, heard, spokenLines } from '../../shared/spoken-code.ts'

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

it('says the bytes of a signature in 13 lines of nine letters, and hears them again', () => {
  for (let count = 0; count < 50; count++) {
    const bytes = randomBytes(65)
    const lines = spokenLines(bytes)
    expect(lines.map((line) => line.length)).toEqual(Array(13).fill(9))
    const typed = lines.join(' - ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    expect(heard(typed)).toEqual({ bytes: Uint8Array.from(bytes) })
    const persian = typed.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit)))
    expect(heard(persian)).toEqual({ bytes: Uint8Array.from(bytes) })
  }
})

it('names the line in which a letter was misheard, whichever it is', () => {
  const lines = spokenLines(randomBytes(65))
  for (const [index, line] of lines.entries()) {
    for (let place = 0; place < 9; place++) {
      const wrong = letters[(letters.indexOf(line.charAt(place)) + 7) % 32] ?? ''
      const changed = lines.with(index, line.slice(0, place) + wrong + line.slice(place + 1))
      expect(heard(changed.join(''))).toEqual({ wrongLine: index + 1 })
    }
  }
})

it('notices two lines that changed places, one that is missing, and nothing at all', () => {
  const [first = '', second = '', ...others] = spokenLines(Uint8Array.from({ length: 65 }, (_, index) => index * 3))
  expect(heard([second, first, ...others].join(''))).toEqual({ wrongLine: 1 })
  expect(heard([second, ...others].join(''))).toEqual({ wrongLine: 1 })
  expect(heard('')).toEqual({ wrongLine: 1 })
})

it('notices two neighbours that changed places, but for one pair of letters', () => {
  const missed: string[] = []
  for (const one of letters) {
    for (const other of letters) {
      if (one < other && checkLetter(`A${one}${other}B`) === checkLetter(`A${other}${one}B`)) missed.push(one + other)
    }
  }
  expect(missed).toEqual(['0Z'])
})
