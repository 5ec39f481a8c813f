import { BeneficiaryFields, type BeneficiaryStatus } from '../../../../shared/contract/beneficiaries.ts'
import { fold } from '../../../../shared/fold.ts'
import { type Culture, cultures } from './cultures.ts'
import { type Random, randomOf } from './random.ts'

export interface GeneratedPeople {
  seed: number
  /** The day on which the last of them enrols: `2026-11-23`. */
  today: string
}

/** The same person for the same seed and number, whichever others are generated. Nobody has a trainer yet. */
export function generatedPerson(number: number, { seed, today }: GeneratedPeople): BeneficiaryFields {
  const random = randomOf(seed, number)
  const culture = random.pick(cultures)
  const name = nameIn(culture, random)
  return BeneficiaryFields.parse({
    name,
    email: random.chance(0.6) ? emailOf(name, `${seed}.${number}`) : null,
    phone: random.chance(0.9) ? digitsIn(culture.phone, random) : '',
    address: random.chance(0.7) ? culture.street.replace('#', String(1 + random.below(180))) : '',
    city: random.pick(culture.cities),
    country: culture.country,
    dateOfBirth: random.chance(0.95) ? daysBefore(today, (16 + random.below(45)) * 365 + random.below(365)) : null,
    ...emergency(culture, random),
    trainerId: null,
    enrollmentDate: daysBefore(today, random.below(3 * 365)),
    status: statusOf(random),
    notes: random.chance(0.25) ? random.pick(notes) : '',
  })
}

const notes = [
  'Works in the mornings; reach by telephone after two.',
  'Asks for questions to be read aloud.',
  'Has a certificate from another school, copy in the file.',
  'Préfère les explications en français.',
  'Needs a seat near the door.',
  'Has a computer at home, no internet.',
  'Sister is in the evening group.',
] as const

function statusOf(random: Random): BeneficiaryStatus {
  if (random.chance(0.7)) return 'active'
  return random.chance(0.3) ? 'inactive' : 'completed'
}

function nameIn(culture: Culture, random: Random): string {
  const given = oneOrTwo(culture.given, 0.3, random)
  const family = oneOrTwo(culture.family, 0.2, random)
  return culture.order.replace(/given|family/g, (part) => (part === 'given' ? given : family))
}

function oneOrTwo(names: readonly [string, ...string[]], two: number, random: Random): string {
  const first = random.pick(names)
  const second = random.pick(names)
  return random.chance(two) && second !== first ? `${first} ${second}` : first
}

function emailOf(name: string, number: string): string {
  const letters = fold(name)
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
  return `${letters || 'person'}.${number}@learners.example`
}

function emergency(culture: Culture, random: Random) {
  if (random.chance(0.4)) return { emergencyContact: '', emergencyPhone: '' }
  return { emergencyContact: nameIn(culture, random), emergencyPhone: digitsIn(culture.phone, random) }
}

function digitsIn(pattern: string, random: Random): string {
  return pattern.replace(/#/g, () => String(random.below(10)))
}

function daysBefore(today: string, days: number): string {
  return new Date(Date.parse(today) - days * 24 * 60 * 60_000).toISOString().slice(0, 10)
}
