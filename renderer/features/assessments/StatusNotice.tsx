import { Alert, Button, Group, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../shared/contract/assessments.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import classes from './StatusNotice.module.css'
import { useStatusChange } from './use-status-change.ts'

interface Props {
  assessment: Assessment
  mayWrite: boolean
}

/** Why nothing can be changed here, and the way back while there is one. */
export function StatusNotice({ assessment: { id, status, attemptCount }, mayWrite }: Props) {
  const { t } = useTranslation('assessments')
  const unpublish = useStatusChange('unpublish')
  if (status === 'draft') return null
  const mayUnpublish = mayWrite && status === 'published' && attemptCount === 0
  return (
    <>
      <Alert variant="light" color="gray" icon={<IconLock size={18} aria-hidden />} py="sm">
        <Group justify="space-between" gap="sm" className={classes.notice}>
          <Text size="sm">{t(mayUnpublish ? 'notice.published' : `notice.${status}`, { count: attemptCount })}</Text>
          {mayUnpublish && (
            <Button size="xs" variant="default" loading={unpublish.isPending} onClick={() => unpublish.mutate({ id })}>
              {t('action.unpublish')}
            </Button>
          )}
          {attemptCount > 0 && (
            <Button
              size="xs"
              variant="default"
              renderRoot={(props) => <Link {...props} to="/results" search={{ assessment: id }} />}
            >
              {t('action.seeResults')}
            </Button>
          )}
        </Group>
      </Alert>
      <FormProblem error={unpublish.error} />
    </>
  )
}
