import type { TFunction } from 'i18next'
import type { BeneficiaryRow } from '../../../shared/contract/beneficiaries.ts'
import type { Client } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'

/** More than anybody puts on paper. */
const most = 2000

export interface OnList {
  people: readonly BeneficiaryRow[]
  /** Of whom `people` may be the first; null where there are more than anybody counted. */
  total: number | null
}

/** Everybody whom the filters show, as far as paper is for. */
export async function everybodyIn(
  { list }: Pick<Client['beneficiaries'], 'list'>,
  filter: BeneficiaryFilter,
): Promise<OnList> {
  const people: BeneficiaryRow[] = []
  let total: number | null = null
  let after: string | undefined
  do {
    const page = await list({ ...filter, after, limit: 200 })
    people.push(...page.rows)
    total ??= page.total
    after = page.next ?? undefined
  } while (after !== undefined && people.length < most)
  return { people, total: after === undefined ? people.length : total }
}

/** Where `people` are not all of them, it says so. */
export function howMany({ people, total }: OnList, t: TFunction<'beneficiaries'>): string {
  const shown = formatNumber(people.length)
  if (total === null) return t('paperBegin', { shown })
  const isWhole = people.length >= total
  return isWhole
    ? t('count', { count: people.length, number: shown })
    : t('paperPart', { shown, all: formatNumber(total) })
}
