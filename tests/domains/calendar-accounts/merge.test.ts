import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreedOn, digested } from '../../../main/domains/calendar-accounts/digests.ts'
import { type Fields, isOccurrence, merge, whenField } from '../../../main/domains/calendar-accounts/merge.ts'

const names = ['title', 'description', 'location', whenField, 'at:1', 'at:2']
const side = fc
  .record(Object.fromEntries(names.map((name) => [name, fc.constantFrom('a', 'b', 'c', 'd')])), {
    requiredKeys: ['title', 'description', 'location', whenField],
  })
  .map((fields): Fields => fields as Record<string, string>)
const agreed = (base: Fields) => agreedOn('uid', digested('uid', base, true), true)
const runs = { numRuns: 2000 }

describe('what was changed here and there', () => {
  it('comes from there where nothing was changed here, and stays where nothing was changed there', () => {
    fc.assert(
      fc.property(side, side, (base, other) => {
        expect(merge(agreed(base), base, other)).toEqual({ fields: other, kept: [], cameBack: null })
        expect(merge(agreed(base), other, base)).toEqual({ fields: other, kept: [], cameBack: null })
        expect(merge(agreed(base), other, other)).toEqual({ fields: other, kept: [], cameBack: null })
      }),
      runs,
    )
  })

  it('is never lost: ours is in what comes of it, and theirs is there or told', () => {
    fc.assert(
      fc.property(side, side, side, (base, here, there) => {
        const { fields, kept } = merge(agreed(base), here, there)
        for (const name of names) {
          const isEditedHere = here[name] !== base[name]
          const isEditedThere = there[name] !== base[name]
          if (isEditedHere) expect(fields?.[name]).toBe(here[name])
          if (isEditedThere && fields?.[name] !== there[name]) {
            expect(kept).toContainEqual({ field: name, ours: here[name], theirs: there[name] })
          }
          expect([here[name], there[name]]).toContain(fields?.[name])
        }
        for (const { field, ours, theirs } of kept)
          expect([names.includes(field), ours === theirs]).toEqual([true, false])
      }),
      runs,
    )
  })

  it('is merged field by field where nobody touched the times of a series', () => {
    fc.assert(
      fc.property(side, side, side, (base, here, there) => {
        const times = { [whenField]: base[whenField] ?? '' }
        const { fields } = merge(agreed(base), { ...here, ...times }, { ...there, ...times })
        for (const name of names.filter((one) => one !== whenField)) {
          const isTheirs = here[name] === base[name]
          expect(fields?.[name]).toBe(isTheirs ? there[name] : here[name])
        }
      }),
      runs,
    )
  })

  it('keeps the places of a series with the times they belong to', () => {
    fc.assert(
      fc.property(side, side, side, (base, here, there) => {
        fc.pre(here[whenField] !== there[whenField])
        const { fields } = merge(agreed(base), here, there)
        const of = fields?.[whenField] === here[whenField] ? here : there
        for (const name of names.filter(isOccurrence)) expect(fields?.[name]).toBe(of[name])
      }),
      runs,
    )
  })

  it('is deleted where the other side left it alone, and comes back where it was changed', () => {
    fc.assert(
      fc.property(side, side, (base, other) => {
        const isSame = names.every((name) => base[name] === other[name])
        for (const deletedOn of ['here', 'there'] as const) {
          const [here, there] = deletedOn === 'here' ? [null, other] : [other, null]
          expect(merge(agreed(base), here, there)).toEqual({
            fields: isSame ? null : other,
            kept: [],
            cameBack: isSame ? null : deletedOn,
          })
        }
        expect(merge(agreed(base), null, null).fields).toBeNull()
        expect(merge(undefined, base, null)).toEqual({ fields: base, kept: [], cameBack: null })
      }),
      runs,
    )
  })

  it('is ours where both never agreed on anything, and theirs is told', () => {
    fc.assert(
      fc.property(side, side, (here, there) => {
        const { fields, kept } = merge(undefined, here, there)
        expect({ ...there, ...here }).toMatchObject({ ...fields })
        for (const { field, ours } of kept) expect(fields?.[field]).toBe(ours)
      }),
      runs,
    )
  })
})
