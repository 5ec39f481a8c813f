import { attribute, descendants } from './qti-xml.ts'
import { childNamed, childrenNamed, elementsIn, textWithin, type XmlElement } from './xml.ts'

export interface MapEntry {
  key: string
  /** In points, or in percent where the item says so. */
  value: number
  caseMatters: boolean
}

export interface Scoring {
  /** Identifier of the response. */
  response: string
  isMultiple: boolean
  isNumber: boolean
  correct: string[]
  entries: MapEntry[]
  /** What an answer earns that no entry names. */
  otherwise: number
  uses: 'correct' | 'mapping' | 'conditions'
  conditions: Condition[]
  /** Rules of the response processing that are not understood. */
  unknown: string[]
  /** Most points, where the item states them. */
  stated: number | undefined
  /** Points for one of what entries and conditions give. */
  factor: number | undefined
}

/** `if` the test holds, the answer earns `value`. */
export interface Condition {
  test: XmlElement
  value: number
  /** Identifiers of what is said then. */
  said: string[]
}

/** How an item (in the spelling of QTI 2) scores the response of one interaction. */
export function scoringOf(item: XmlElement, response: string): Scoring {
  const declaration = childrenNamed(item, 'responseDeclaration').find(
    (one) => attribute(one, 'identifier') === response,
  )
  const mapping = childNamed(declaration, 'mapping')
  const processing = childNamed(item, 'responseProcessing')
  const template = attribute(processing, 'template') ?? ''
  const conditions = processing ? conditionsIn(processing) : []
  const usesMapping = /map_response/.test(template) || (processing && has(processing, 'mapResponse'))
  const usesCorrect = /match_correct/.test(template) || conditions.some(({ test }) => has(test, 'correct'))
  const entries = childrenNamed(mapping, 'mapEntry').map((entry) => ({
    key: attribute(entry, 'mapKey') ?? '',
    value: Number(attribute(entry, 'mappedValue')) || 0,
    caseMatters: attribute(entry, 'caseSensitive') === 'true',
  }))
  const hasMapping = entries.length > 0 && (usesMapping || (!usesCorrect && conditions.length === 0))
  return {
    response,
    isMultiple: attribute(declaration, 'cardinality') === 'multiple',
    isNumber: ['float', 'integer'].includes(attribute(declaration, 'baseType') ?? ''),
    correct: childrenNamed(childNamed(declaration, 'correctResponse'), 'value').map((value) =>
      textWithin(value).trim(),
    ),
    entries,
    otherwise: Number(attribute(mapping, 'defaultValue')) || 0,
    uses: hasMapping ? 'mapping' : conditions.length > 0 && !usesCorrect ? 'conditions' : 'correct',
    conditions,
    unknown: processing && template === '' ? unknownIn(processing) : [],
    stated: statedMaximum(item),
    factor: processing && factorIn(processing),
  }
}

function statedMaximum(item: XmlElement): number | undefined {
  const outcomes = childrenNamed(item, 'outcomeDeclaration')
  const named = (name: string) => outcomes.find((outcome) => attribute(outcome, 'identifier') === name)
  const normal = attribute(named('SCORE'), 'normalMaximum')
  const most = childNamed(childNamed(named('MAXSCORE'), 'defaultValue'), 'value')
  const written = normal ?? (most && textWithin(most))
  const maximum = written === undefined ? Number.NaN : Number(written)
  return Number.isFinite(maximum) && maximum >= 0 ? maximum : undefined
}

const scores = new Set(['SCORE', 'CREDIT'])

/** Branches that set the score to a number, in their order. */
function conditionsIn(processing: XmlElement): Condition[] {
  return descendants(processing, new Set(['responseIf', 'responseElseIf'])).flatMap((branch) => {
    const [test, ...rules] = elementsIn(branch)
    const set = rules.find((rule) => rule.name === 'setOutcomeValue' && scores.has(attribute(rule, 'identifier') ?? ''))
    const value = set && Number(textWithin(childNamed(set, 'baseValue')))
    return test && value !== undefined && Number.isFinite(value) ? [{ test, value, said: saidBy(rules) }] : []
  })
}

function saidBy(rules: XmlElement[]): string[] {
  const feedback = rules.filter(
    (rule) => rule.name === 'setOutcomeValue' && attribute(rule, 'identifier') === 'FEEDBACK',
  )
  return feedback.flatMap((rule) => descendants(rule, new Set(['baseValue'])).map((value) => textWithin(value).trim()))
}

/** SCORE is a product of what the response earns and this number. */
function factorIn(processing: XmlElement): number | undefined {
  const set = childrenNamed(processing, 'setOutcomeValue').find((rule) => attribute(rule, 'identifier') === 'SCORE')
  const factor = Number(textWithin(childNamed(childNamed(set, 'product'), 'baseValue')) || Number.NaN)
  return Number.isFinite(factor) ? factor : undefined
}

const understood = new Set(
  'responseProcessing responseCondition responseIf responseElseIf responseElse setOutcomeValue baseValue variable correct match mapResponse isNull not stringMatch patternMatch equal gte lte gt lt and product sum multiple customOperator'.split(
    ' ',
  ),
)

function unknownIn(processing: XmlElement): string[] {
  return [
    ...new Set(
      elementsIn(processing)
        .flatMap((child) => [child, ...all(child)])
        .map(({ name }) => name),
    ),
  ].filter((name) => !understood.has(name))
}

function all(element: XmlElement): XmlElement[] {
  return elementsIn(element).flatMap((child) => [child, ...all(child)])
}

function has(element: XmlElement, name: string): boolean {
  return element.name === name || descendants(element, new Set([name])).length > 0
}
