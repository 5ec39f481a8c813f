import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { OwnField } from '../../../shared/contract/own-fields.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { organizationById, setOrganizationSettings } from '../organizations/queries.ts'

/** The `ownFields` part of an organization's settings; everything else in them stays as it is. */
const All = z.record(z.string(), z.json()).catch({})
const Stored = z.array(OwnField).catch([])

export async function ownFieldsOf(db: Reader, organizationId: Id): Promise<OwnField[]> {
  const organization = await organizationById(db, organizationId)
  return Stored.parse(All.parse(organization?.settings).ownFields)
}

export async function setOwnFields(db: Writer, organizationId: Id, fields: readonly OwnField[], now: string) {
  const organization = await organizationById(db, organizationId)
  const settings = All.parse(organization?.settings)
  await setOrganizationSettings(db, organizationId, { ...settings, ownFields: [...fields] }, now)
}
