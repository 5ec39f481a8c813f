import { AssessmentFields, type AssessmentStatus } from '../../../../shared/contract/assessments.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { arabicArithmetic } from './arabic-arithmetic.ts'
import { everydayNumbers } from './everyday-numbers.ts'
import { frenchAtWork, frenchMessages } from './french-at-work.ts'
import { spanishComputer } from './spanish-computer.ts'
import { workshopSafety } from './workshop-safety.ts'

/** One learner at one assessment. */
export interface PracticeSitting {
  /** Place in `practiceLearners`. */
  learner: number
  daysAgo: number
  /** Exam time in minutes. */
  minutes: number
  /** How often the generated answers are right, 0 to 1. */
  ability: number
  isRunning?: boolean
  essay?: string
  /** What the trainer gave the essay; without it, it still waits. */
  essayPoints?: number
}

export interface PracticeAssessment {
  fields: AssessmentFields
  questions: readonly Question[]
  /** 0: the administrator, 1: the second trainer. */
  trainer: 0 | 1
  status: AssessmentStatus
  createdDaysAgo: number
  sittings: readonly PracticeSitting[]
}

export const practiceAssessments: readonly PracticeAssessment[] = [
  {
    fields: fields('الحساب: اختبار تحديد المستوى', 'diagnostic', {
      description: 'ثمانية أسئلة قصيرة لنعرف من أين نبدأ. لا حاجة إلى آلة حاسبة.',
      timeLimit: 20,
    }),
    questions: arabicArithmetic,
    trainer: 0,
    status: 'completed',
    createdDaysAgo: 55,
    sittings: [
      { learner: 1, daysAgo: 50, minutes: 9, ability: 0.9 },
      { learner: 8, daysAgo: 50, minutes: 14, ability: 0.7 },
      { learner: 5, daysAgo: 50, minutes: 16, ability: 0.5 },
      { learner: 19, daysAgo: 34, minutes: 11, ability: 0.8 },
      { learner: 13, daysAgo: 34, minutes: 18, ability: 0.4 },
    ],
  },
  {
    fields: fields('Workshop safety: entrance check', 'summative', {
      description: 'Everybody passes this check before the first day at the machines. You have twenty minutes.',
      timeLimit: 20,
      passingScore: 70,
      attemptsAllowed: 2,
    }),
    questions: workshopSafety,
    trainer: 1,
    status: 'in_progress',
    createdDaysAgo: 52,
    sittings: [
      ...[0.95, 0.7, 0.85, 0.9, 0.6, 0.8, 1, 0.75, 0.65].map((ability, learner) => {
        return { learner, daysAgo: 40, minutes: 8 + learner, ability }
      }),
      { learner: 4, daysAgo: 33, minutes: 15, ability: 0.85 },
      { learner: 9, daysAgo: 30, minutes: 12, ability: 0.9 },
      { learner: 11, daysAgo: 30, minutes: 17, ability: 0.55 },
      { learner: 14, daysAgo: 30, minutes: 10, ability: 0.8 },
      { learner: 16, daysAgo: 12, minutes: 11, ability: 0.9 },
      { learner: 17, daysAgo: 12, minutes: 13, ability: 0.75 },
      { learner: 22, daysAgo: 12, minutes: 7, ability: 1 },
      { learner: 21, daysAgo: 0, minutes: 5, ability: 0.7, isRunning: true },
    ],
  },
  {
    fields: fields('Le français au travail', 'formative', {
      description: 'Panneaux, lettres et messages : lire et écrire ce qu’il faut pour travailler.',
      passingScore: 50,
    }),
    questions: frenchAtWork,
    trainer: 0,
    status: 'in_progress',
    createdDaysAgo: 30,
    sittings: frenchSittings(),
  },
  {
    fields: fields('Everyday numbers', 'practice', {
      description: 'Prices, times and measures. Try as often as you like; nobody marks you.',
      attemptsAllowed: 10,
    }),
    questions: everydayNumbers,
    trainer: 1,
    status: 'published',
    createdDaysAgo: 8,
    sittings: [],
  },
  {
    fields: fields('Primeros pasos con el ordenador', 'formative', {
      description: 'Borrador: faltan las preguntas sobre archivos y carpetas.',
      timeLimit: 30,
      passingScore: 60,
    }),
    questions: spanishComputer,
    trainer: 1,
    status: 'draft',
    createdDaysAgo: 4,
    sittings: [],
  },
]

/** The first four messages have been read, the others wait for the trainer. */
function frenchSittings(): PracticeSitting[] {
  const writers = [
    { learner: 0, ability: 0.95, essayPoints: 5 },
    { learner: 1, ability: 0.6, essayPoints: 3 },
    { learner: 2, ability: 0.5, essayPoints: 2.5 },
    { learner: 3, ability: 0.9, essayPoints: 4.5 },
    { learner: 11, ability: 0.7 },
    { learner: 7, ability: 0.85 },
    { learner: 10, ability: 0.55 },
    { learner: 13, ability: 0.9 },
  ]
  return writers.map((writer, index) => ({
    ...writer,
    daysAgo: writer.essayPoints === undefined ? 2 : 9,
    minutes: 18 + 2 * index,
    essay: frenchMessages[index],
  }))
}

function fields(
  title: string,
  type: AssessmentFields['type'],
  { description = '', timeLimit = null, passingScore = null, attemptsAllowed = 1 }: Partial<AssessmentFields>,
): AssessmentFields {
  return AssessmentFields.parse({ title, type, description, timeLimit, passingScore, attemptsAllowed })
}
