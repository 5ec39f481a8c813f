import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generatedAnswer } from '../../../main/domains/setup/generated/answers.ts'
import { generatedPerson } from '../../../main/domains/setup/generated/people.ts'
import { randomOf } from '../../../main/domains/setup/generated/random.ts'
import { practiceAssessments } from '../../../main/domains/setup/practice/content.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { creditOf } from '../../../shared/scoring.ts'

const seed = 7
const today = '2026-11-23'
const people = Array.from({ length: 3000 }, (_, number) => generatedPerson(number, { seed, today }))
const questions = practiceAssessments.flatMap((assessment) => assessment.questions)
const marked = questions.filter((question) => question.type !== 'essay')

describe('generated people', () => {
  it('are what the form of a beneficiary accepts', () => {
    for (const person of people) expect(BeneficiaryFields.parse(person)).toEqual(person)
  })

  it('are the same whichever others are generated, and others for another seed', () => {
    expect(generatedPerson(1234, { seed, today })).toEqual(people[1234])
    expect(generatedPerson(1234, { seed: 8, today })).not.toEqual(people[1234])
  })

  it('never share an e-mail address', () => {
    const emails = people.flatMap((person) => person.email ?? [])
    expect(emails.length).toBeGreaterThan(1500)
    expect(new Set(emails).size).toBe(emails.length)
  })

  it('have names in many scripts, and of more than a few words', () => {
    const scripts = [
      /\p{Script=Arabic}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Han}/u,
      /\p{Script=Ethiopic}/u,
      /ễ/,
      /['’]/,
    ]
    for (const script of scripts) expect(people.some((person) => script.test(person.name))).toBe(true)
    expect(new Set(people.map((person) => person.name)).size).toBeGreaterThan(2000)
  })
})

describe('generated answers', () => {
  it('earn all points of somebody who is always right', () => {
    for (const question of marked.map(required)) {
      expect(creditOf(question, generatedAnswer(question, 1, randomOf(seed)))).toBe(1)
    }
  })

  it('never earn all points of somebody who is always wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...marked.map(required)), fc.integer(), (question, number) => {
        expect(creditOf(question, generatedAnswer(question, 0, randomOf(number)))).toBeLessThan(1)
      }),
    )
  })

  it('are the same for the same seed, and differ between seeds', () => {
    const answersOf = (number: number) => {
      const random = randomOf(number)
      return questions.map((question) => generatedAnswer(question, 0.5, random))
    }
    expect(answersOf(3)).toEqual(answersOf(3))
    expect(answersOf(3)).not.toEqual(answersOf(4))
  })
})

describe('the generator', () => {
  it('spreads its numbers evenly', () => {
    const random = randomOf(seed)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let run = 0; run < 100_000; run++) {
      const place = random.below(10)
      counts[place] = (counts[place] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})

function required(question: Question): Question {
  return { ...question, required: true }
}
