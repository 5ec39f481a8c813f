import * as z from 'zod'
import { AssessmentStatus, Pool } from './assessments.ts'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { Category, Question, questionTypes, Tag } from './questions.ts'

/** Where to look: among the questions of no assessment, among those of assessments, or everywhere. */
export const sources = ['bank', 'assessments', 'all'] as const
export const Source = z.enum(sources)
export type Source = z.infer<typeof Source>

export const ListQuestions = z.object({
  /** Any parts of text, name, category and tags, in any order and without accents. */
  search: z.string().max(200).default(''),
  /** With everything below it. */
  category: Category.optional(),
  tag: Tag.optional(),
  type: z.enum(questionTypes).optional(),
  source: Source.default('bank'),
  /** `next` of the page before. */
  after: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(100),
})
export type ListQuestions = z.infer<typeof ListQuestions>

export const BankRow = z.object({
  id: Id,
  question: Question,
  /** Null for a question of the bank. */
  assessmentId: Id.nullable(),
  assessmentTitle: z.string().nullable(),
  /** How many copies know this question as their origin. */
  copies: z.int(),
  updatedAt: Timestamp,
})
export type BankRow = z.infer<typeof BankRow>

/** The newest first. */
export const BankPage = z.object({
  rows: z.array(BankRow),
  next: z.string().nullable(),
  /** How many match in all. Null on later pages, and with a search, where counting would read everything. */
  total: z.int().nullable(),
})
export type BankPage = z.infer<typeof BankPage>

const questionIds = z.array(Id).min(1).max(1000)
const bulk = { maxBytes: 4 * 1024 * 1024 }

/** Questions that belong to no assessment; assessments take copies of them. */
export const bank = {
  list: query().input(ListQuestions).output(BankPage),
  categories: query().output(z.array(z.object({ category: z.string(), count: z.int() }))),
  tags: query().output(z.array(z.object({ tag: z.string(), count: z.int() }))),
  /** The assessments that have a copy of a question. */
  uses: query()
    .input(z.object({ id: Id }))
    .output(z.array(z.object({ assessmentId: Id, title: z.string(), status: AssessmentStatus }))),
  add: mutation({ action: 'bank.add', resource: 'questions' }, bulk)
    .input(z.object({ questions: z.array(Question).min(1).max(2000) }))
    .output(z.object({ questionIds: z.array(Id) })),
  /** Copies in assessments stay as they are. */
  update: mutation({ action: 'bank.update', resource: 'questions' })
    .input(z.object({ id: Id, question: Question }))
    .output(Done),
  /** Copies in assessments stay. */
  remove: mutation({ action: 'bank.remove', resource: 'questions' }).input(z.object({ questionIds })).output(Done),
  /** Puts copies of assessments' questions into the bank; what is there already in the same words is not put there twice. */
  keep: mutation({ action: 'bank.keep', resource: 'questions' })
    .input(z.object({ questionIds }))
    .output(z.object({ questionIds: z.array(Id) })),
  /** Appends copies to a draft, if wanted as a pool of their own. */
  use: mutation({ action: 'bank.use', resource: 'assessments' })
    .input(z.object({ assessmentId: Id, questionIds, pool: Pool.omit({ id: true }).optional() }))
    .output(z.object({ questionIds: z.array(Id) })),
  /** Moves questions of the bank into a category; null: into none. */
  categorise: mutation({ action: 'bank.categorise', resource: 'questions' })
    .input(z.object({ questionIds, category: Category.nullable() }))
    .output(Done),
  /** With everything below it. */
  renameCategory: mutation({ action: 'bank.renameCategory', resource: 'questions' })
    .input(z.object({ from: Category, to: Category }))
    .output(z.object({ changed: z.int() })),
  retag: mutation({ action: 'bank.retag', resource: 'questions' })
    .input(z.object({ questionIds, add: z.array(Tag).max(20).default([]), remove: z.array(Tag).max(20).default([]) }))
    .output(Done),
}
