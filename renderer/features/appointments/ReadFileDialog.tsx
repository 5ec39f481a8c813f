import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CalendarPreview } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import classes from './read-file.module.css'
import { whenOf } from './use-move.ts'
import { useUndo } from './use-undo.ts'

/** What a file would do is seen before it is done, and can be taken back after that. */
export function ReadFileDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const { t } = useTranslation('appointments')
  const { t: common } = useTranslation('common')
  const queryClient = useQueryClient()
  const { offer } = useUndo()
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const preview = useQuery({
    queryKey: ['calendarFile', file.name, file.size, file.lastModified],
    queryFn: async () => {
      // No calendar reads more at once than the program takes; what is larger is refused there.
      const text = await file.slice(0, mostRead).text()
      return { text, seen: await client.appointments.previewFile({ text, timeZone }) }
    },
    gcTime: 0,
    retry: false,
  })
  const read = useMutation({
    mutationFn: (text: string) => client.appointments.readFile({ text, timeZone }),
    onSuccess: ({ undo, creates, updates }) => {
      offer(t('file.done', { creates, updates }), undo)
      onClose()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.appointments.key() }),
  })
  const seen = preview.data?.seen
  const isNothing = !seen || seen.creates + seen.updates + seen.same === 0
  return (
    <Dialog isOpen size="lg" title={t('file.title', { name: file.name })} onClose={onClose}>
      {preview.isPending && <LoadingRows />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {seen && <Preview seen={seen} />}
      <FormProblem error={read.error} />
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {common('action.cancel')}
        </Button>
        <Button
          disabled={isNothing}
          loading={read.isPending}
          onClick={() => preview.data && read.mutate(preview.data.text)}
        >
          {t('file.doIt')}
        </Button>
      </Group>
    </Dialog>
  )
}

const mostRead = 2 * 1024 * 1024

function Preview({ seen }: { seen: CalendarPreview }) {
  const { t } = useTranslation('appointments')
  const { creates, updates, same, problems, problemCount, rows } = seen
  const rest = creates + updates + same - rows.length
  return (
    <Stack gap="md">
      <Text>{t('file.counts', { creates, updates, same })}</Text>
      {problems.length > 0 && (
        <Alert color="saffron" variant="light" title={t('file.problems', { count: problemCount })}>
          <ul className={classes.problems}>
            {problems.map(({ line, problem }, index) => (
              <li key={`${line} ${index}`}>{t('file.line', { line, words: t(`file.problem.${problem}`) })}</li>
            ))}
          </ul>
        </Alert>
      )}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.line} className={classes.row}>
            <bdi className={classes.title}>{row.title}</bdi>
            <span className={classes.when}>{whenOf(row)}</span>
            <span className={classes.when}>
              {[
                t(`file.action.${row.action}`),
                row.repeats && t('file.repeats'),
                row.changes > 0 && t('file.changes', { count: row.changes }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <Text size="sm">{t('more', { count: rest })}</Text>}
    </Stack>
  )
}
