import type { Assessment } from '../../../../shared/contract/assessments.ts'

export interface Readiness {
  /** Sentences under `publish.blocker`: the core refuses as long as one of them holds. */
  blockers: Blocker[]
  /** Sentences under `publish.warning`: allowed, but perhaps not meant. */
  warnings: Warning[]
}

export const blockers = ['noQuestions', 'noPoints'] as const
export type Blocker = (typeof blockers)[number]

export interface Warning {
  key: 'noPassingScore' | 'questionsWithoutPoints' | 'essays' | 'untimedSummative'
  count: number
}

export function readinessOf(assessment: Pick<Assessment, 'questions' | 'passingScore' | 'type' | 'timeLimit'>): Readiness {
  const questions = assessment.questions.map(({ question }) => question)
  if (questions.length === 0) return { blockers: ['noQuestions'], warnings: [] }
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
    blockers: pointless === questions.length ? ['noPoints'] : [],
    warnings: warnings.filter(({ count }) => count > 0),
  }
}

export function totalPoints(assessment: Pick<Assessment, 'questions'>): number {
  return assessment.questions.reduce((sum, { question }) => sum + question.points, 0)
}
