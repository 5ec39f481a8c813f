import { Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsentText } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { useVersionName } from '../../ui/use-version-name.ts'
import { PrivacyTabs } from './PrivacyTabs.tsx'

type Written = Pick<ConsentText, 'topic' | 'text' | 'covers'>

/** What people are asked to consent to, in all its versions. */
export function ConsentScreen() {
  const { t } = useTranslation('privacy')
  const texts = useQuery(api.privacy.consentTexts.queryOptions())
  const [writing, setWriting] = useState<Written | null>(null)
  const isNewest = (text: ConsentText) => texts.data?.find(({ topic }) => topic === text.topic) === text
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('consent.note')}
        actions={<Button onClick={() => setWriting({ topic: '', text: '', covers: null })}>{t('consent.new')}</Button>}
      />
      <PrivacyTabs />
      {texts.isPending && <LoadingRows count={3} />}
      {texts.isError && <ErrorState error={texts.error} onRetry={() => void texts.refetch()} />}
      {texts.data?.length === 0 && (
        <EmptyState icon={IconFileCheck} title={t('consent.emptyTitle')}>
          {t('consent.emptyText')}
        </EmptyState>
      )}
      {texts.data && texts.data.length > 0 && (
        <RowList>
          {texts.data.map((text) => (
            <TextRow key={text.id} text={text} onWrite={isNewest(text) ? () => setWriting(text) : null} />
          ))}
        </RowList>
      )}
      {writing && <WriteDialog start={writing} onClose={() => setWriting(null)} />}
    </Page>
  )
}

function TextRow({ text: one, onWrite }: { text: ConsentText; onWrite: (() => void) | null }) {
  const { t } = useTranslation('privacy')
  const versionName = useVersionName()
  return (
    <Row
      name={
        <>
          <bdi>{one.topic}</bdi> · {versionName(one)}
        </>
      }
      facts={[
        <bdi key="text" style={{ whiteSpace: 'pre-wrap' }}>
          {one.text}
        </bdi>,
        ...(one.covers === 'photo' ? [t('consent.coversPhotos')] : []),
        t('consent.written', { time: formatMoment(one.writtenAt), name: one.writtenBy ?? '–' }),
        t('consent.given', { count: one.given }),
      ]}
      actions={
        onWrite && (
          <Button size="xs" variant="default" onClick={onWrite}>
            {t('consent.next')}
          </Button>
        )
      }
    />
  )
}

function WriteDialog({ start, onClose }: { start: Written; onClose: () => void }) {
  const { t } = useTranslation('privacy')
  const { t: common } = useTranslation()
  const queryClient = useQueryClient()
  const [topic, setTopic] = useState(start.topic)
  const [text, setText] = useState(start.text)
  const [isForPhotos, setForPhotos] = useState(start.covers === 'photo')
  const write = useMutation(
    api.privacy.writeConsentText.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.key() })
        toast(t('consent.saved'))
        onClose()
      },
    }),
  )
  const isNew = start.topic === ''
  return (
    <Dialog isOpen size="lg" title={t(isNew ? 'consent.new' : 'consent.next')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          write.mutate({ topic, text, covers: isForPhotos ? 'photo' : null })
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('consent.kept')}</Text>
          <TextInput
            required
            data-autofocus={isNew || undefined}
            readOnly={!isNew}
            maxLength={60}
            autoComplete="off"
            label={t('consent.topic')}
            value={topic}
            onChange={(event) => setTopic(event.currentTarget.value)}
          />
          <Textarea
            required
            autosize
            minRows={4}
            maxRows={14}
            maxLength={10_000}
            label={t('consent.text')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checkbox
            // The next version asks for what the one before did.
            disabled={!isNew}
            label={t('consent.forPhotos')}
            description={t('consent.forPhotosHint')}
            checked={isForPhotos}
            onChange={(event) => setForPhotos(event.currentTarget.checked)}
          />
          <FormProblem error={write.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={topic.trim() === '' || text.trim() === '' || text === start.text}
              loading={write.isPending}
            >
              {t('consent.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
