import { Alert, Button, Group, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconSend } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Thread } from '../../../shared/contract/messages.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { client } from '../../lib/client.ts'
import { explain } from '../../lib/errors.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { GrowingText } from '../../ui/GrowingText.tsx'
import { SaveState } from '../../ui/SaveState.tsx'
import { AttachmentsField } from './AttachmentsField.tsx'
import { newDraftName } from './draft-name.ts'
import classes from './messages.module.css'
import { RecipientsField } from './RecipientsField.tsx'
import { useDraft, type WrittenDraft } from './use-draft.ts'
import { useSent } from './use-sent.ts'

interface ComposerProps {
  name: string
  kept: Draft | null
  /** What is answered; without it, a new message. */
  answers?: Thread
  onDone: (sent?: { thread: string }) => void
  /** Shows what another window has saved since. */
  onReload: () => void
}

const roomy = { input: { minBlockSize: '10rem' } }

/** Where a message is written; it is a draft from the first letter on. */
export function Composer({ name, kept, answers, onDone, onReload }: ComposerProps) {
  const { t } = useTranslation('messages')
  const onSent = useSent()
  const draft = useDraft({
    name,
    thread: answers?.thread ?? null,
    kept,
    onSent: (sent) => {
      onSent(sent)
      onDone(sent)
    },
    onDiscarded: () => {
      toast(t('write.discarded'))
      onDone()
    },
  })
  const { text, standing, send, discard, change } = draft
  const mayAttach = mayUse(actorKindOf(useMe()), 'documents.share')
  const isBlank = text.content.trim() === ''
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!isBlank && !send.isPending) send.mutate()
  }
  return (
    <form
      className={classes.composer}
      data-answers={answers ? '' : undefined}
      aria-label={t(answers ? 'reply.title' : 'write.title')}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      {answers ? (
        <ReplyTo thread={answers} value={text.replyTo} onChange={(replyTo) => change({ replyTo })} />
      ) : (
        <>
          <RecipientsField
            value={text.recipients}
            known={kept?.known}
            onChange={(recipients) => change({ recipients })}
          />
          <TextInput
            label={t('write.subject')}
            maxLength={200}
            dir="auto"
            value={text.subject}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
        </>
      )}
      <GrowingText
        label={t(answers ? 'reply.title' : 'write.text')}
        dir="auto"
        {...(!answers && { styles: roomy })}
        maxLength={20_000}
        value={text.content}
        onChange={(event) => change({ content: event.currentTarget.value })}
      />
      {mayAttach && (
        <AttachmentsField
          value={text.attachments}
          known={kept?.known}
          onChange={(attachments) => change({ attachments })}
        />
      )}
      <Unsaved draft={draft} onReload={onReload} />
      <FormProblem error={send.error && !standing.problem ? send.error : discard.error} />
      <Group justify="space-between" gap="sm">
        <SaveState isSaving={standing.isSaving} isDirty={standing.isDirty} savedAt={standing.savedAt} />
        <Group gap="sm">
          {(kept !== null || standing.savedAt !== null || standing.isDirty) && (
            <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
              {t('write.discard')}
            </Button>
          )}
          <Tooltip label={t('write.sendHint')}>
            <Button
              type="submit"
              loading={send.isPending}
              disabled={isBlank}
              leftSection={<IconSend size={18} aria-hidden className={classes.sendSign} />}
            >
              {t('write.send')}
            </Button>
          </Tooltip>
        </Group>
      </Group>
    </form>
  )
}

interface ReplyToProps {
  thread: Thread
  value: 'sender' | 'all'
  onChange: (to: 'sender' | 'all') => void
}

/** Only asked where it makes a difference. */
function ReplyTo({ thread: { replyTo }, value, onChange }: ReplyToProps) {
  const { t } = useTranslation('messages')
  if (replyTo.all.count <= replyTo.sender.count) return null
  const [first = ''] = replyTo.sender.names
  const sender =
    replyTo.sender.count === 1
      ? t('reply.sender', { name: first })
      : t('reply.senders', { count: replyTo.sender.count })
  return (
    <SegmentedControl
      aria-label={t('reply.to')}
      value={value}
      onChange={(to) => onChange(to === 'all' ? 'all' : 'sender')}
      data={[
        { value: 'sender', label: sender },
        { value: 'all', label: t('reply.all', { count: replyTo.all.count }) },
      ]}
    />
  )
}

/** Why what is on the screen is not kept, and what to do where this page cannot help itself. */
function Unsaved({ draft: { text, standing }, onReload }: { draft: WrittenDraft; onReload: () => void }) {
  const { t } = useTranslation('messages')
  const navigate = useNavigate()
  const keep = useMutation({
    mutationFn: async () => {
      const name = newDraftName()
      await client.messages.saveDraft({ ...text, name, thread: null, edit: 1 })
      return name
    },
    onSuccess: (name) => navigate({ to: '/messages/draft/$name', params: { name } }),
  })
  if (!standing.problem) return null
  if (!refusalOf(standing.problem)) {
    return (
      <Alert role="alert" color="saffron" icon={<IconAlertTriangle aria-hidden />}>
        {t('write.notSaved', { why: explain(standing.problem) })}
      </Alert>
    )
  }
  return (
    <FormProblem error={keep.error ?? standing.problem}>
      <Group gap="sm" mt="sm">
        <Button variant="default" size="sm" onClick={onReload}>
          {t('write.loadNewest')}
        </Button>
        <Button variant="default" size="sm" loading={keep.isPending} onClick={() => keep.mutate()}>
          {t('write.asNew')}
        </Button>
      </Group>
    </FormProblem>
  )
}
