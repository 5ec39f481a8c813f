import * as z from 'zod'
import { AssessmentType, reviews } from './assessments.ts'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { PictureContent } from './documents.ts'
import { SitDown } from './kiosk.ts'
import { ImageDigest, OptionId, Picture } from './questions.ts'

/** A question as the learner sees it: nothing in it tells the right answer. */
export const PaperQuestion = z.object({
  id: Id,
  type: z.enum(['multiple_choice', 'true_false', 'short_answer', 'essay']),
  text: z.string(),
  points: z.int(),
  required: z.boolean(),
  images: z.array(Picture).optional(),
  selection: z.enum(['one', 'many']).optional(),
  options: z.array(z.object({ id: OptionId, text: z.string(), picture: Picture.optional() })).optional(),
})
export type PaperQuestion = z.infer<typeof PaperQuestion>

/** `running`: open; `handed_in`: an essay waits for the trainer; `graded`: the result stands. */
export const attemptStates = ['running', 'handed_in', 'graded'] as const
export const AttemptState = z.enum(attemptStates)
export type AttemptState = z.infer<typeof AttemptState>

export const MenuItem = z.object({
  assessmentId: Id,
  title: z.string(),
  description: z.string(),
  type: AssessmentType,
  questionCount: z.int(),
  /** Minutes. */
  timeLimit: z.int().nullable(),
  passingScore: z.int().nullable(),
  /** Null: as often as wanted. */
  attemptsAllowed: z.int().nullable(),
  attemptsUsed: z.int(),
  runningAttemptId: Id.nullable(),
  /** Ended attempts, newest first. */
  ended: z.array(
    z.object({ attemptId: Id, state: AttemptState, percentage: z.number().nullable(), passed: z.boolean().nullable() }),
  ),
  /** No new attempt can begin; what has begun can be finished and seen. */
  isClosed: z.boolean(),
  /** The first attempt can begin at `opensAt`, which is still to come. */
  isNotOpenYet: z.boolean(),
  opensAt: Timestamp.nullable(),
  closesAt: Timestamp.nullable(),
})
export type MenuItem = z.infer<typeof MenuItem>

/** Milliseconds of exam time that are left; null without a time limit. */
const RemainingMs = z.int().nullable()

export const Attempt = z.object({
  id: Id,
  title: z.string(),
  state: AttemptState,
  attemptNumber: z.int(),
  remainingMs: RemainingMs,
  /** The trainer has stopped the clock. */
  isPaused: z.boolean(),
  /** Milliseconds that were lost to crashes, pauses and the like, and did not count. */
  givenBackMs: z.int(),
  /** Where the learner was last. */
  currentQuestionId: Id.nullable(),
  /** What the learner wants to come back to. */
  flagged: z.array(Id),
  questions: z.array(PaperQuestion),
  answers: z.array(z.object({ questionId: Id, answer: z.string(), edit: z.int(), savedAt: Timestamp })),
})
export type Attempt = z.infer<typeof Attempt>

export const SaveAnswer = z.object({
  attemptId: Id,
  questionId: Id,
  /** An option id, several joined with commas, `true` or `false`, or the learner's text. Empty: the answer is taken back. */
  answer: z.string().max(50_000),
  /** Counts edits to this answer; a late retry carries a lower number and is ignored. */
  edit: z.int().positive(),
  /** Seconds spent on the question since its last save. */
  seconds: z.number().min(0).max(86_400).default(0),
})
export type SaveAnswer = z.infer<typeof SaveAnswer>

/** Which edit of an answer is meant. */
const EditOfAnswer = z.object({ questionId: Id, edit: z.int() })
export type EditOfAnswer = z.infer<typeof EditOfAnswer>

/** Proof of what was handed in: the code can be read out, the digest is the whole of it. */
export const Receipt = z.object({ code: z.string(), digest: z.string() })

export const Outcome = z.object({
  attemptId: Id,
  receipt: Receipt.nullable(),
  /** How much the learner may see: without `answers` there are no questions, with `nothing` no marks either. */
  review: z.enum(reviews),
  title: z.string(),
  state: AttemptState,
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  percentage: z.number().nullable(),
  passed: z.boolean().nullable(),
  /** Seconds. */
  timeTaken: z.int(),
  questions: z.array(
    z.object({
      question: PaperQuestion,
      answer: z.string(),
      points: z.number().nullable(),
      isCorrect: z.boolean().nullable(),
      /** What the right answer is, in words; null for essays. */
      rightAnswer: z.string().nullable(),
      feedback: z.string().nullable(),
    }),
  ),
})
export type Outcome = z.infer<typeof Outcome>

const attempt = z.object({ attemptId: Id })

export const delivery = {
  roster: query()
    .input(z.object({ search: z.string().max(100).default('') }))
    .output(
      z.object({
        people: z.array(
          z.object({
            beneficiaryId: Id,
            name: z.string(),
            /** What tells this one from another of the same name. */
            apart: z.string().nullable(),
          }),
        ),
        more: z.boolean(),
      }),
    ),
  /** The learner takes this kiosk. */
  sitDown: mutation({ action: 'kiosk.sitDown', resource: 'beneficiaries' }).input(SitDown).output(Done),
  standUp: mutation({ action: 'kiosk.standUp', resource: 'beneficiaries' }).output(Done),

  menu: query().output(z.array(MenuItem)),
  /** Starts an attempt, or returns the one that is running. */
  begin: mutation({ action: 'attempts.begin', resource: 'attempts' })
    .input(z.object({ assessmentId: Id }))
    .output(attempt),
  attempt: query().input(attempt).output(Attempt),
  /** A picture that stands in the paper of this attempt. */
  picture: query()
    .input(attempt.extend({ image: ImageDigest }))
    .output(PictureContent),
  /** When it returns with `isKept`, the answer is on the disk. */
  saveAnswer: mutation({ none: 'the response row carries who, what and when' }, { maxBytes: 256 * 1024 })
    .input(SaveAnswer)
    .output(
      z.object({
        savedAt: Timestamp,
        remainingMs: RemainingMs,
        /** False when another answer with this or a higher edit number is stored, as from a second seat. */
        isKept: z.boolean(),
        /** The edit number that is stored; only a higher one replaces it. */
        storedEdit: z.int(),
      }),
    ),
  /** A sign of life every few seconds: only time between two of them counts. */
  stay: mutation({ none: 'a sign of life, several a minute' })
    .input(attempt.extend({ questionId: Id }))
    .output(
      z.object({
        state: AttemptState,
        remainingMs: RemainingMs,
        isPaused: z.boolean(),
        /** Another window or the seat before may have stored what this screen does not show. */
        stored: z.array(EditOfAnswer),
      }),
    ),
  flag: mutation({ none: 'a note of the learner to themselves' })
    .input(attempt.extend({ questionId: Id, isFlagged: z.boolean() }))
    .output(Done),
  /** With the trainer's code the attempt goes on at this seat; the other one is told when it next calls. */
  takeSeat: mutation({ action: 'attempts.takeSeat', resource: 'attempts' })
    .input(attempt.extend({ code: z.string().max(20) }))
    .output(z.object({ isTaken: z.boolean(), triesLeft: z.int() })),
  /** `shown`: what the screen shows; where a newer answer is stored, nothing is handed in before it was seen. */
  handIn: mutation({ action: 'attempts.handIn', resource: 'attempts' })
    .input(attempt.extend({ shown: z.array(EditOfAnswer).max(2000).optional() }))
    .output(z.object({ state: AttemptState })),
  outcome: query().input(attempt).output(Outcome),
  /** Which of these attempts belonged to somebody who was erased: what a page still keeps of them has to go. */
  erased: query()
    .input(z.object({ attemptIds: z.array(Id).max(500) }))
    .output(z.object({ attemptIds: z.array(Id) })),
}
