import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { askedPoints, filledPools, isTooSmall, isUneven } from '../../../../shared/pools.ts'

export interface Readiness {
  /** Sentences under `publish.blocker`: it cannot be published as long as one of them holds. */
  blockers: Blocker[]
  /** Sentences under `publish.warning`: allowed, but perhaps not meant. */
  warnings: Warning[]
}

export type Blocker = 'noQuestions' | 'noPoints' | 'poolTooSmall' | 'poolUneven' | 'unsavedQuestion' | 'unsavedDetails'

export interface Warning {
  key: 'noPassingScore' | 'questionsWithoutPoints' | 'essays' | 'untimedSummative'
  count: number
}

/** What is on the screen and not on the disk yet. */
export interface Unsaved {
  question: boolean
  details: boolean
}

type Published = Pick<Assessment, 'questions' | 'settings' | 'passingScore' | 'type' | 'timeLimit'>

export function readinessOf(assessment: Published, unsaved: Unsaved): Readiness {
  const questions = assessment.questions.map(({ question }) => question)
  const open: Blocker[] = [
    ...(unsaved.question ? (['unsavedQuestion'] as const) : []),
    ...(unsaved.details ? (['unsavedDetails'] as const) : []),
  ]
  if (questions.length === 0) return { blockers: ['noQuestions', ...open], warnings: [] }
  const pools = filledPools(assessment.questions, assessment.settings)
  const pointless = questions.filter((question) => question.points === 0).length
  const essays = questions.filter((question) => question.type === 'essay').length
  const isSummative = assessment.type === 'summative'

  const warnings: Warning[] = [
    { key: 'questionsWithoutPoints', count: pointless },
    { key: 'essays', count: essays },
    { key: 'noPassingScore', count: Number(isSummative && assessment.passingScore === null) },
    { key: 'untimedSummative', count: Number(isSummative && assessment.timeLimit === null) },
  ]
  return {
    blockers: [
      ...(pointless === questions.length ? (['noPoints'] as const) : []),
      ...(pools.some(isTooSmall) ? (['poolTooSmall'] as const) : []),
      ...(pools.some(isUneven) ? (['poolUneven'] as const) : []),
      ...open,
    ],
    warnings: warnings.filter(({ count }) => count > 0),
  }
}

/** What a learner can reach: of a pool only what is drawn. */
export function totalPoints({ questions, settings }: Pick<Assessment, 'questions' | 'settings'>): number {
  return askedPoints(questions, settings)
}
