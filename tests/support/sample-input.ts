import * as z from 'zod'
import { sheetWords } from '../../shared/contract/reports.ts'

/** An input that a schema takes, with `text` wherever free text is allowed; undefined when none was found. */
export function sampleInput(schema: z.ZodType | undefined, text: string): { input: unknown } | undefined {
  if (!schema) return { input: undefined }
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  // Where fields exclude each other, those that have to be there are enough.
  const inputs = [sample(shape, { text, isWhole: true }), sample(shape, { text, isWhole: false })]
  const found = inputs.findIndex((input) => schema.safeParse(input).success)
  return found === -1 ? undefined : { input: inputs[found] }
}

interface Wanted {
  text: string
  /** With the fields that may be left out. */
  isWhole: boolean
}

const essay = { type: 'essay', text: 'Why?', points: 4, required: false }

/** What the schema of a field does not tell in JSON Schema. */
const fieldsByName: Record<string, unknown> = {
  email: 'somebody@example.org',
  question: essay,
  questions: [essay],
  words: Object.fromEntries(sheetWords.map((word) => [word, 'Word'])),
}

type JsonSchema = z.core.JSONSchema.BaseSchema

const formats: Record<string, string> = {
  email: 'somebody@example.org',
  date: '2026-03-09',
  'date-time': '2026-03-09T08:30:00.250Z',
  ipv4: '127.0.0.1',
  base64: 'AAAA',
  uuid: '0b3a7c52-6f0d-4c7e-9a41-5d2e8f1b7c90',
}

const patterns: Record<string, string> = {
  digits: '1234',
  six: '123456',
  digest: 'a'.repeat(64),
  option: 'a',
  key: 'a1b2c3d4',
  time: '08:30',
  form: 'person.new',
  client: 'x.apps.googleusercontent.com',
}

function sample(schema: JsonSchema, wanted: Wanted): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return sample(choice as JsonSchema, wanted)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => sample(one as JsonSchema, wanted)))
  if (schema.type === 'string') return sampleText(schema, wanted.text)
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, Number(schema.minimum ?? 1))
  if (schema.type === 'boolean') return true
  if (schema.type === 'array') return [sample((schema.items ?? {}) as JsonSchema, wanted)]
  if (schema.type !== 'object') return {}
  const fields = (Object.entries(schema.properties ?? {}) as [string, JsonSchema][]).filter(
    ([name]) => wanted.isWhole || schema.required?.includes(name),
  )
  return Object.fromEntries(fields.map(([name, field]) => [name, fieldsByName[name] ?? sample(field, wanted)]))
}

function sampleText(schema: JsonSchema, text: string): string {
  const known = formats[String(schema.format)]
  if (known) return known
  const fitting = schema.pattern
    ? Object.values(patterns).find((one) => new RegExp(schema.pattern ?? '', 'u').test(one))
    : undefined
  return fitting ?? text.slice(0, schema.maxLength ?? text.length).padEnd(schema.minLength ?? 0, 'x')
}
