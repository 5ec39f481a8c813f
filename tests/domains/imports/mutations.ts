import fc from 'fast-check'

/** Inputs made of a fixture by cutting, doubling and planting, or of nothing but pieces of the format. */
export function mutationsOf(fixtures: string[], pieces: string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 }), {
    weight: 2,
    arbitrary: fc.constantFrom('', '7', 'é', 'السلامة', ' '),
  })
  const edit = fc.tuple(
    fc.nat(),
    fc.oneof({ weight: 5, arbitrary: fc.nat(2) }, fc.nat(400)),
    piece,
    fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(400)),
  )
  const mutated = fc
    .tuple(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([fixture, edits]) => edits.reduce(edited, fixture))
  return fc.oneof(
    { weight: 4, arbitrary: mutated },
    fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
  )
}

function edited(text: string, [place, length, piece, doubled]: [number, number, string, number]): string {
  const at = place % (text.length + 1)
  return text.slice(0, at) + piece + text.slice(at + length, at + length + doubled) + text.slice(at + length)
}
