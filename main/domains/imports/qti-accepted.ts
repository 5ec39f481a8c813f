import { numberIn } from '../../../shared/scoring.ts'
import { changed, type Finding } from './finding.ts'
import type { Condition, Scoring } from './qti-scoring.ts'
import { attribute } from './qti-xml.ts'
import { childNamed, childrenNamed, elementsIn, textWithin, type XmlElement } from './xml.ts'

type Expected = { text: string; wildcard?: true } | { min: number; max: number }
export interface ValuedAnswer {
  expected: Expected
  value: number
  caseMatters: boolean
}

/** What a text entry accepts, in the order of the item, each with what it earns in the item's own unit. */
export function acceptedBy(scoring: Scoring): { answers: ValuedAnswer[]; findings: Finding[] } {
  if (scoring.uses !== 'mapping' && scoring.conditions.length > 0) return conditional(scoring)
  const entries =
    scoring.uses === 'mapping'
      ? scoring.entries
      : scoring.correct.map((key) => ({ key, value: scoring.stated ?? 1, caseMatters: false }))
  const answers = entries
    .filter(({ key }) => key.trim() !== '')
    .map(({ key, value, caseMatters }) => ({ expected: written(key, scoring.isNumber), value, caseMatters }))
  const findings =
    scoring.otherwise > 0 ? [changed('unsupportedType', `any other answer earns ${scoring.otherwise}`)] : []
  return { answers, findings }
}

function written(key: string, isNumber: boolean): Expected {
  const number = isNumber ? numberIn(key) : undefined
  return number === undefined ? { text: key } : { min: number, max: number }
}

function conditional(scoring: Scoring): { answers: ValuedAnswer[]; findings: Finding[] } {
  const findings: Finding[] = []
  const answers = inAuthorsOrder(scoring.conditions).flatMap(({ test, value }): ValuedAnswer[] => {
    const expected = test.name === 'isNull' ? [] : expectedBy(test, scoring)
    if (!expected) findings.push(changed('unsupportedType', `condition ${test.name} in line ${test.line}`))
    const caseMatters = attribute(test, 'caseSensitive') === 'true'
    return (expected ?? []).map((one) => ({ expected: one, value, caseMatters }))
  })
  return { answers, findings }
}

/** Our own files name each answer by its place in what it says: A0, A1, … */
function inAuthorsOrder(conditions: Condition[]): Condition[] {
  const place = ({ said }: Condition) => Number(/^A(\d+)$/.exec(said[0] ?? '')?.[1] ?? Number.NaN)
  return conditions.some((one) => Number.isNaN(place(one)))
    ? conditions
    : conditions.toSorted((one, other) => place(one) - place(other))
}

function expectedBy(test: XmlElement, scoring: Scoring): Expected[] | undefined {
  const operand = childNamed(test, 'baseValue')
  switch (test.name) {
    case 'stringMatch':
      return operand && [{ text: textWithin(operand) }]
    case 'match':
      return childNamed(test, 'correct')
        ? scoring.correct.map((key) => written(key, scoring.isNumber))
        : operand && [written(textWithin(operand), scoring.isNumber)]
    case 'patternMatch':
      return patternIn(attribute(test, 'pattern') ?? '')
    case 'equal':
      return equalTo(test, operand ? textWithin(operand) : scoring.correct[0])
    case 'and':
      return between(test)
    case 'or':
      return elementsIn(test).flatMap((part) => expectedBy(part, scoring) ?? [])
    default:
      return undefined
  }
}

/** A regular expression of plain characters and `.*` is a text with stars. */
function patternIn(pattern: string): Expected[] | undefined {
  const parts = pattern.match(/\.\*|\\[^a-zA-Z0-9]|[^\\.*+?()[\]{}|^$]/gsu)
  if (!parts || parts.join('') !== pattern) return undefined
  const text = parts.map((part) => (part === '.*' ? '*' : starred(part.replace(/^\\/, '')))).join('')
  return [parts.includes('.*') ? { text, wildcard: true } : { text: text.replaceAll('\\*', '*') }]
}

function starred(sign: string): string {
  return sign === '*' ? '\\*' : sign
}

function equalTo(test: XmlElement, number: string | undefined): Expected[] | undefined {
  const middle = number === undefined ? undefined : numberIn(number)
  if (middle === undefined) return undefined
  const [below = 0, above = below] = (attribute(test, 'tolerance') ?? '')
    .trim()
    .split(/\s+/)
    .map((one) => Math.abs(Number(one)) || 0)
  switch (attribute(test, 'toleranceMode')) {
    case 'absolute':
      return [{ min: decimal(middle - below), max: decimal(middle + above) }]
    case 'relative':
      return [range(middle * (1 - below / 100), middle * (1 + above / 100))]
    default:
      return [{ min: middle, max: middle }]
  }
}

/** `gte` and `lte` of one response. */
function between(test: XmlElement): Expected[] | undefined {
  const limit = (names: string[]) => {
    const [side] = names.flatMap((name) => childrenNamed(test, name))
    return side && numberIn(textWithin(childNamed(side, 'baseValue')))
  }
  const [min, max] = [limit(['gte', 'gt']), limit(['lte', 'lt'])]
  return min === undefined || max === undefined ? undefined : [range(min, max)]
}

function range(one: number, other: number): { min: number; max: number } {
  return { min: Math.min(one, other), max: Math.max(one, other) }
}

/** Free of binary noise. */
function decimal(number: number): number {
  return Number(number.toPrecision(15))
}

/** One question is strict about case or is not, so what only some answers ask for goes. */
export function inOneCase(answers: ValuedAnswer[]): { caseMatters?: true; findings: Finding[] } {
  const texts = answers.filter(({ expected }) => 'text' in expected && !expected.wildcard)
  const strict = texts.filter(({ caseMatters }) => caseMatters)
  if (strict.length === 0) return { findings: [] }
  const findings =
    strict.length < texts.length ? [changed('unsupportedType', 'caseSensitive for some answers only')] : []
  return { caseMatters: true, findings }
}
