import * as z from 'zod'
import { Day, Done, mutation, query } from './base.ts'

export const ownKinds = ['text', 'number', 'date', 'choice', 'yesNo'] as const
export const OwnKind = z.enum(ownKinds)
export type OwnKind = z.infer<typeof OwnKind>

/** What a field is called in stored files; it stays when the field is named anew. */
export const OwnKey = z.string().regex(/^[a-z0-9]{8}$/)
export type OwnKey = z.infer<typeof OwnKey>

/** A day is a text; what is not known is left out. */
export const OwnValue = z.union([z.string().trim().max(500), z.number(), z.boolean()])
export type OwnValue = z.infer<typeof OwnValue>

export const mostOwnFields = 50
export const OwnValues = z
  .record(OwnKey, OwnValue)
  .refine((values) => Object.keys(values).length <= mostOwnFields, { error: 'too many fields' })
export type OwnValues = z.infer<typeof OwnValues>

const FieldName = z.string().trim().min(1).max(100)

/** For a choice alone: what can be chosen, in this order. */
const Choices = z.array(z.string().trim().min(1).max(100)).max(50).default([])

export const OwnField = z.object({ key: OwnKey, name: FieldName, kind: OwnKind, choices: Choices })
export type OwnField = z.infer<typeof OwnField>

export const NewOwnField = OwnField.omit({ key: true })
export type NewOwnField = z.infer<typeof NewOwnField>

/** Whether a value is one that the field takes. */
export function fitsOwnField({ kind, choices }: OwnField, value: OwnValue): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'date':
      return Day.safeParse(value).success
    case 'choice':
      return typeof value === 'string' && choices.includes(value)
    case 'yesNo':
      return typeof value === 'boolean'
  }
}

/** The fields that an organization keeps of its people beside those that every one does. */
export const ownFields = {
  list: query().output(z.array(OwnField)),
  add: mutation({ action: 'ownFields.add', resource: 'organizations' })
    .input(NewOwnField)
    .output(z.object({ key: OwnKey })),
  /** Another name, other choices; what kind it is stays. */
  update: mutation({ action: 'ownFields.update', resource: 'organizations' })
    .input(OwnField.omit({ kind: true }))
    .output(Done),
  /** Takes the field from the screens; what was written in it stays in the files. */
  remove: mutation({ action: 'ownFields.remove', resource: 'organizations' })
    .input(z.object({ key: OwnKey }))
    .output(Done),
}
