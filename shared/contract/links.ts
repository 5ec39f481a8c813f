import * as z from 'zod'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'
import { ImageDigest } from './questions.ts'

/** What the other one is to the person whose file it is: `parent` is a parent or guardian. */
export const linkRoles = ['parent', 'child', 'sibling', 'partner', 'household', 'other'] as const
export const LinkRole = z.enum(linkRoles)
export type LinkRole = z.infer<typeof LinkRole>

const LinkedPerson = z.object({
  id: Id,
  name: z.string(),
  dateOfBirth: Day.nullable(),
  photo: ImageDigest.nullable(),
})

export const PersonLink = z.object({
  id: Id,
  role: LinkRole,
  /** Of `other`: what they are to each other. */
  note: z.string(),
  person: LinkedPerson,
})
export type PersonLink = z.infer<typeof PersonLink>

export const NewLink = z
  .object({
    beneficiaryId: Id,
    otherId: Id,
    role: LinkRole,
    note: z.string().trim().max(200).default(''),
  })
  .refine(({ role, note }) => role !== 'other' || note !== '', { path: ['note'], error: 'says what it is' })
export type NewLink = z.infer<typeof NewLink>

/** Two files of which somebody has said that they are two people. */
export const SetApart = z.object({
  id: Id,
  first: LinkedPerson,
  second: LinkedPerson,
  byName: z.string().nullable(),
  since: Timestamp,
})
export type SetApart = z.infer<typeof SetApart>

/** Who is what to whom. Shown in both files, and only to those who may open both. */
export const links = {
  list: query({ look: { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'beneficiaryId' } })
    .input(z.object({ beneficiaryId: Id }))
    .output(z.array(PersonLink)),
  create: mutation({ action: 'links.create', resource: 'person_links' })
    .input(NewLink)
    .output(z.object({ id: Id })),
  remove: mutation({ action: 'links.remove', resource: 'person_links' })
    .input(z.object({ id: Id }))
    .output(Done),
  /** They are not the same person: counts until a name, a day of birth or a phone number of one of them is another one. */
  setApart: mutation({ action: 'links.setApart', resource: 'person_links' })
    .input(z.object({ beneficiaryId: Id, otherId: Id }))
    .output(z.object({ id: Id })),
  /** Those that count, newest first. */
  apart: query().output(z.array(SetApart)),
}
