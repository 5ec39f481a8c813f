import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMe } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { useMutation } from '../../lib/use-mutation.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { OnPaper } from '../../ui/OnPaper.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './recovery.module.css'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

/** Ten codes to print, each of which sets a new password once. */
export function RecoveryCodesScreen() {
  const { t } = useTranslation('identity')
  const [codes, setCodes] = useState<string[] | null>(null)
  const state = useQuery(api.identity.recoveryCodes.queryOptions())
  return (
    <Page>
      <PageHeader title={t('recovery.title')} back={<BackLink to="/account">{t('account.title')}</BackLink>} />
      {codes ? (
        <IssuedCodes codes={codes} onDone={() => setCodes(null)} />
      ) : (
        <Section title={t('recovery.newTitle')} note={t('recovery.text')}>
          {state.isPending && <LoadingRows count={1} />}
          {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
          {state.data && (
            <>
              <p>
                {state.data.issuedAt
                  ? t('recovery.left', { count: state.data.left, when: formatMoment(state.data.issuedAt) })
                  : t('recovery.none')}
              </p>
              <IssueForm onIssued={setCodes} />
            </>
          )}
        </Section>
      )}
    </Page>
  )
}

function IssueForm({ onIssued }: { onIssued: (codes: string[]) => void }) {
  const { t } = useTranslation('identity')
  const [password, setPassword] = useState('')
  const queryClient = useQueryClient()
  const issue = useMutation(
    api.identity.issueRecoveryCodes.mutationOptions({
      onSuccess(codes) {
        void queryClient.invalidateQueries({ queryKey: api.identity.recoveryCodes.key() })
        onIssued(codes)
      },
      onError: () => setPassword(''),
    }),
  )
  const wait = useWait(issue.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    issue.mutate({ password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordField
          label={t('password.current')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TryProblem error={issue.error} wait={wait} />
        <Group>
          <Button type="submit" loading={issue.isPending} disabled={wait > 0 || password === ''}>
            {t('recovery.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function IssuedCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('identity')
  return (
    <>
      <Alert color="saffron">{t('recovery.once')}</Alert>
      <UnsavedGuard isDirty />
      <Sheet codes={codes} />
      <Group>
        <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
          {t('recovery.print')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('recovery.done')}
        </Button>
      </Group>
      <OnPaper>
        <Sheet codes={codes} />
      </OnPaper>
    </>
  )
}

function Sheet({ codes }: { codes: string[] }) {
  const { t } = useTranslation('identity')
  const me = useMe()
  if (me.kind !== 'user') return null
  return (
    <div className={classes.sheet}>
      <p className={classes.head}>{t('recovery.sheet', { name: me.user.name })}</p>
      <p className={classes.small}>
        <bdi>{me.user.email}</bdi>
        {me.organization && ` · ${me.organization.name}`}
      </p>
      <ol className={classes.codes} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p className={classes.small}>{t('recovery.how')}</p>
    </div>
  )
}
