import type { AnswerCount, ItemFlag, ItemStatistics } from '../../../shared/contract/analytics.ts'

/** With fewer attempts a single learner moves every number, so that nothing is flagged. */
const enoughAttempts = 10

/** Below this an item is to be rejected or revised. Source: Ebel, R. L. (1965), Measuring Educational Achievement, p. 364. */
const weakDiscrimination = 0.2

/** Who nearly all solve, or nearly nobody, tells nothing about who knows more. */
const easy = 0.95
const hard = 0.2

/**
 * A wrong option that fewer than one in twenty take is no option. Source: Haladyna, T. M. & Downing, S. M. (1993), How many
 * options is enough for a multiple-choice test item?, Educational and Psychological Measurement 53, 999-1010.
 */
const deadShare = 0.05

const oftenEmptyShare = 0.2

/** What a person should look at before the item is used again. */
export function flagsOf(item: Omit<ItemStatistics, 'flags'>): ItemFlag[] {
  if (item.attempts < enoughAttempts || item.facility === null) return []
  const { facility, discrimination, randomGuess } = item
  const suspect = suspectOf(item.answers)
  const isWeak = discrimination !== null && discrimination < weakDiscrimination
  const flags: (ItemFlag | false)[] = [
    suspect !== undefined && isWeak && { kind: 'keySuspect', optionId: suspect.answer },
    discrimination !== null && discrimination < 0 && { kind: 'negative', optionId: null },
    randomGuess !== null && facility < randomGuess && { kind: 'belowGuessing', optionId: null },
    isWeak && discrimination >= 0 && facility <= easy && { kind: 'weak', optionId: null },
    facility < hard && { kind: 'tooHard', optionId: null },
    facility > easy && { kind: 'tooEasy', optionId: null },
    ...deadOf(item).map((answer) => ({ kind: 'deadDistractor' as const, optionId: answer })),
    emptyOf(item.answers) / item.attempts > oftenEmptyShare && { kind: 'oftenEmpty', optionId: null },
  ]
  return flags.filter((flag) => flag !== false)
}

/** A wrong answer that the best give more often than the weakest, and more often than any right one. */
function suspectOf(answers: readonly AnswerCount[]): AnswerCount | undefined {
  const mostRight = Math.max(0, ...answers.filter(isRight).map(({ upper }) => upper))
  return answers
    .filter((one) => !isRight(one) && one.answer !== 'empty' && one.credit !== null)
    .find(({ upper, lower }) => upper > lower && upper > mostRight)
}

function deadOf({ question, answers, attempts, facility }: Omit<ItemStatistics, 'flags'>): string[] {
  if (question.type !== 'multiple_choice' || attempts < 2 * enoughAttempts || (facility ?? 1) > easy) return []
  const wrong = answers.filter((one) => !isRight(one) && one.answer !== 'empty')
  return wrong.filter(({ count }) => count / attempts < deadShare).map(({ answer }) => answer)
}

function emptyOf(answers: readonly AnswerCount[]): number {
  return answers.find(({ answer }) => answer === 'empty')?.count ?? 0
}

function isRight({ credit }: AnswerCount): boolean {
  return credit !== null && credit > 0
}
