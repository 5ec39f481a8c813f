import { randomBytes } from 'node:crypto'
import { mostOwnFields, type NewOwnField, type OwnField, type OwnKey } from '../../../shared/contract/own-fields.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { ownFieldsOf, setOwnFields } from './settings.ts'

export async function list({ db, actor }: ReadContext) {
  return ownFieldsOf(db, organizationOf(actor))
}

export async function add({ db, actor, now, about }: WriteContext, input: NewOwnField) {
  const organizationId = organizationOf(actor)
  const fields = await ownFieldsOf(db, organizationId)
  if (fields.length >= mostOwnFields) throw new Refusal('conflict', 'ownField.tooMany', { most: mostOwnFields })
  const field = { ...input, key: randomBytes(4).toString('hex') }
  refuseOdd(fields, field)
  await setOwnFields(db, organizationId, [...fields, field], now)
  about(organizationId, { field: field.key })
  return { key: field.key }
}

export async function update({ db, actor, now, about }: WriteContext, input: Omit<OwnField, 'kind'>) {
  const organizationId = organizationOf(actor)
  const fields = await ownFieldsOf(db, organizationId)
  const field = { ...known(fields, input.key), ...input }
  refuseOdd(fields, field)
  const others = fields.map((one) => (one.key === field.key ? field : one))
  await setOwnFields(db, organizationId, others, now)
  about(organizationId, { field: field.key })
  return {}
}

export async function remove({ db, actor, now, about }: WriteContext, { key }: { key: OwnKey }) {
  const organizationId = organizationOf(actor)
  const fields = await ownFieldsOf(db, organizationId)
  known(fields, key)
  const others = fields.filter((one) => one.key !== key)
  await setOwnFields(db, organizationId, others, now)
  about(organizationId, { field: key })
  return {}
}

function known(fields: readonly OwnField[], key: OwnKey): OwnField {
  const field = fields.find((one) => one.key === key)
  if (!field) throw new Refusal('notFound', 'ownField.notFound')
  return field
}

function refuseOdd(fields: readonly OwnField[], field: OwnField) {
  const isTaken = fields.some(({ key, name }) => key !== field.key && fold(name) === fold(field.name))
  if (isTaken) throw new Refusal('conflict', 'ownField.nameTaken', { name: field.name })
  const choices = new Set(field.choices.map((choice) => fold(choice)))
  const isOdd = field.kind === 'choice' ? choices.size === 0 || choices.size < field.choices.length : choices.size > 0
  if (isOdd) throw new Refusal('invalid', 'ownField.noChoices')
}
