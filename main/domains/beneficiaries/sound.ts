import { fold } from '../../../shared/fold.ts'

/** Letters of other scripts by how they are written in Latin letters; what is left out sounds like a vowel. */
// biome-ignore format: one line holds a part of an alphabet
const latin: Record<string, string> = {
  ب: 'b', ت: 't', ث: 's', ج: 'j', ح: 'h', خ: 'h', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 's', ص: 's', ض: 'd',
  ط: 't', ظ: 'z', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h', پ: 'p', چ: 's', ژ: 'z', گ: 'g', ک: 'k',
  б: 'b', в: 'v', г: 'g', д: 'd', ж: 'j', з: 'z', к: 'k', л: 'l', м: 'm', н: 'n', п: 'p', р: 'r', с: 's', т: 't', ф: 'f',
  х: 'h', ц: 's', ч: 's', ш: 's', щ: 's',
}

/** One sound, several ways to write it; longer ways first. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|ch|th/g, 's'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/dh/g, 'd'],
  [/ph/g, 'f'],
  [/dj|zh/g, 'j'],
  [/[qc]/g, 'k'],
  [/x/g, 'ks'],
  [/p/g, 'b'],
  [/v/g, 'f'],
  [/z/g, 's'],
]

/** Parts that come and go before a name. */
const particles = new Set(['al', 'el', 'ul', 'ال', 'de', 'da', 'bin', 'ben', 'ibn', 'بن', 'ابن', 'van', 'von'])

/**
 * How a name sounds, roughly: the consonants of each word in Latin letters, the words in the order of the alphabet.
 * محمد, Mohammed and Muhamad are one; so are many names that are not, which is why it only ever warns.
 */
export function soundOf(name: string): string {
  return soundsIn(name).sort().join(' ')
}

export function soundsIn(name: string): string[] {
  return fold(name.slice(0, 200))
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !particles.has(word))
    .map(soundOfWord)
    .filter((sound) => sound !== '')
}

function soundOfWord(word: string): string {
  const bare = word.length > 4 && word.startsWith('ال') ? word.slice(2) : word
  let sound = [...bare].map((letter) => latin[letter] ?? (/[a-z]/.test(letter) ? letter : '')).join('')
  for (const [spelling, letter] of spellings) sound = sound.replace(spelling, letter)
  const consonants = sound.replace(/[aeiouyw]/g, '').replace(/(.)\1+/g, '$1')
  // A name of a woman may be written with an h at its end, or without.
  return consonants.length > 1 ? consonants.replace(/h$/, '') : consonants || sound.slice(0, 1)
}
