import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiptCheck } from '../../../../shared/contract/supervision.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx'
import { ResultTabs } from '../ResultTabs.tsx'
import classes from './supervision.module.css'

/** Checks a learner's receipt, typed in or scanned: is what is stored what was handed in? */
export function ReceiptScreen() {
  const { t } = useTranslation('results')
  const [typed, setTyped] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const check = useQuery(
    api.supervision.checkReceipt.queryOptions({ input: { code: code ?? '' }, enabled: code !== null, gcTime: 0 }),
  )
  return (
    <Page>
      <PageHeader title={t('receipt.title')} note={t('receipt.note')} />
      <ResultTabs />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') setCode(codeIn(typed))
        }}
      >
        <Group align="end">
          <TextInput
            data-autofocus
            dir="ltr"
            w={320}
            label={t('receipt.code')}
            placeholder="7Q2K-9M4X-0VTB"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" loading={check.isFetching}>
            {t('receipt.check')}
          </Button>
        </Group>
      </form>
      <FormProblem error={check.error} />
      <div role="status">{check.data && <Verdict check={check.data} />}</div>
    </Page>
  )
}

/** What a scanner types is the whole text of the QR code. */
function codeIn(typed: string): string {
  return /^BDC:R:([^:]+):/.exec(typed.trim())?.[1] ?? typed
}

const tones: Record<ReceiptCheck['verdict'], Tone> = {
  matches: 'good',
  changed: 'bad',
  superseded: 'waiting',
  unknown: 'bad',
}

function Verdict({ check }: { check: ReceiptCheck }) {
  const { t } = useTranslation('results')
  return (
    <Stack gap="xs" className={classes.found}>
      <StatusBadge tone={tones[check.verdict]}>{t(`receipt.${check.verdict}`)}</StatusBadge>
      <Text size="sm">{t(`receipt.${check.verdict}Text`)}</Text>
      {check.verdict !== 'unknown' && (
        <Text size="sm">
          <Link to="/results/$attemptId" params={{ attemptId: check.attemptId }}>
            <bdi>{check.beneficiaryName}</bdi> · <bdi>{check.title}</bdi>
          </Link>{' '}
          · {formatMoment(check.handedInAt)}
        </Text>
      )}
    </Stack>
  )
}
