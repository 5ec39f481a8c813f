import fc from 'fast-check'
import * as z from 'zod'

type Json = Record<string, unknown>

/** Inputs as a procedure wants them, and such with one thing wrong. */
export function inputsFor(schema: unknown): fc.Arbitrary<unknown> {
  const proper = schema instanceof z.ZodType ? fittingTo(asJsonSchema(schema)) : fc.constant(undefined)
  return fc.oneof(
    { weight: 4, arbitrary: proper },
    {
      weight: 5,
      arbitrary: fc.tuple(proper, fc.nat(), junk).map(([input, place, thing]) => withOneWrong(input, place, thing)),
    },
    { weight: 1, arbitrary: junk },
  )
}

function asJsonSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

/** Ids that are in the test world, and some that are not. */
const id = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 }))

const formats: Record<string, fc.Arbitrary<string>> = {
  email: fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/),
  ipv4: fc.ipV4(),
  date: fc
    .date({ min: new Date('1950-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  'date-time': fc
    .date({ min: new Date('2020-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
    .map((moment) => moment.toISOString()),
  base64: fc.base64String({ maxLength: 400 }),
}

function fittingTo(schema: Json): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (choices) return fc.oneof(...choices.map(fittingTo))
  const parts = schema.allOf as Json[] | undefined
  if (parts) return fc.tuple(...parts.map(fittingTo)).map((all) => Object.assign({}, ...(all as object[])))
  const make = makers[String(schema.type)]
  return make ? make(schema) : fc.anything()
}

const makers: Record<string, (schema: Json) => fc.Arbitrary<unknown>> = {
  object(schema) {
    const properties = (schema.properties ?? {}) as Record<string, Json>
    const required = (schema.required ?? []) as string[]
    const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fittingTo(field)]))
    if (Object.keys(fields).length > 0) return fc.record(fields, { requiredKeys: required })
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fittingTo((schema.additionalProperties ?? {}) as Json), {
      maxKeys: 3,
    })
  },
  array({ items = {}, minItems = 0, maxItems = 4 }) {
    const least = Number(minItems)
    return fc.array(fittingTo(items as Json), { minLength: least, maxLength: Math.min(Number(maxItems), least + 3) })
  },
  string({ format, pattern, minLength = 0, maxLength = 60 }) {
    const named = formats[String(format)]
    if (named) return named
    if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern))
    const lengths = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), Number(minLength) + 60) }
    return fc.oneof(
      fc.string(lengths),
      fc.string({ ...lengths, unit: 'binary' }),
      fc.constantFrom('ada@x.example', 'correct horse', '%', '"', "' or 1=1 --"),
    )
  },
  integer({ minimum, exclusiveMinimum, maximum }) {
    if (exclusiveMinimum === 0) return id
    return fc.integer({ min: Number(minimum ?? 0), max: Math.min(Number(maximum ?? 1000), 2 ** 31) })
  },
  number: ({ minimum, maximum }) =>
    fc
      .integer({ min: Number(minimum ?? 0) * 100, max: Number(maximum ?? 100) * 100 })
      .map((hundredths) => hundredths / 100),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
}

/** Nested as deep as fits into the smallest input. */
const deep = JSON.parse(`${'['.repeat(9000)}${']'.repeat(9000)}`) as unknown
const polluted = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}') as unknown

/** What no screen sends. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    '\0',
    'a\0b',
    '\uD800',
    '\uDFFF!',
    'x'.repeat(60_000),
    '😀'.repeat(5000),
  ),
  fc.constantFrom<unknown>(0, -0, -1, 1.5, 2 ** 53, -(2 ** 63), Number.NaN, Number.POSITIVE_INFINITY, 10n, true),
  fc.constantFrom<unknown>([], {}, [[]], deep, polluted, new Date(Number.NaN), new Map([[1, 2]]), new Set(['a']), /x/g),
  fc.anything(),
)

/** Puts the junk into one place of the input, or a field beside the others that nobody knows. */
function withOneWrong(input: unknown, place: number, thing: unknown): unknown {
  if (typeof input !== 'object' || input === null) return thing
  const names = Object.keys(input)
  const name = names[place % (names.length + 1)]
  if (name === undefined) return Object.defineProperty({ ...input }, '__proto__', { value: thing, enumerable: true })
  const inner = (input as Json)[name]
  const isDeeper = place % 3 === 0 && typeof inner === 'object' && inner !== null
  const changed = isDeeper ? withOneWrong(inner, Math.floor(place / 3), thing) : thing
  return Array.isArray(input) ? input.with(Number(name), changed) : { ...input, [name]: changed }
}
