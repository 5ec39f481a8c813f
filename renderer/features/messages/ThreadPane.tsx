import { Button, Group } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Thread } from '../../../shared/contract/messages.ts'
import { api, client } from '../../lib/client.ts'
import { useNewsFollow } from '../../lib/news-follow.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { Composer } from './Composer.tsx'
import { replyDraftName } from './draft-name.ts'
import { MessageCard } from './MessageCard.tsx'
import classes from './messages.module.css'
import { useKeptDraft } from './use-draft.ts'

const route = getRouteApi('/staff/messages/$thread')

/** One conversation, oldest first, with the answer below it. */
export function ThreadPane() {
  const { t } = useTranslation('messages')
  const { thread: wanted } = route.useParams()
  const thread = useQuery(api.messages.thread.queryOptions({ input: { thread: wanted } }))
  return (
    <section className={classes.pane} aria-label={t('title')}>
      <div className={classes.narrowOnly}>
        <BackLink to="/messages" search={true}>
          {t('back')}
        </BackLink>
      </div>
      {thread.isPending ? (
        <LoadingRows count={4} />
      ) : thread.isError ? (
        <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />
      ) : (
        <Conversation key={wanted} thread={thread.data} />
      )}
    </section>
  )
}

function Conversation({ thread }: { thread: Thread }) {
  const { t } = useTranslation('messages')
  const title = thread.subject || t('noSubject')
  const heading = useRef<HTMLHeadingElement>(null)
  const end = useRef<HTMLDivElement>(null)
  usePageTitle(title)
  useReadMark(thread)
  const count = thread.messages.length
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  const showEnd = useCallback(() => end.current?.scrollIntoView({ block: 'nearest' }), [])
  useEffect(() => {
    if (count > 0) showEnd()
  }, [count, showEnd])
  return (
    <>
      <header className={classes.paneHead}>
        <Group justify="space-between" align="flex-start" gap="sm" className={classes.titleRow}>
          <h2 ref={heading} tabIndex={-1} className={classes.paneTitle} dir="auto">
            {title}
          </h2>
          <DeleteButton thread={thread.thread} />
        </Group>
      </header>
      <div className={classes.messages}>
        {thread.messages.map((message) => (
          <MessageCard key={message.sending} thread={thread.thread} message={message} />
        ))}
        <div ref={end} className={classes.end} />
      </div>
      {thread.replyTo.all.count === 0 ? (
        <p className={classes.hint}>{t('reply.nobody')}</p>
      ) : (
        <Answer thread={thread} onShown={showEnd} />
      )}
    </>
  )
}

/** What is on the screen is read, as soon as the window itself can be seen. */
function useReadMark({ thread, messages }: Thread) {
  const follow = useNewsFollow()
  const { mutate } = useMutation(api.messages.markRead.mutationOptions({ onSuccess: follow }))
  const unread = messages.filter(({ isUnread }) => isUnread).length
  useEffect(() => {
    if (unread === 0) return
    const read = () => {
      if (!document.hidden) mutate({ thread })
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [thread, unread, mutate])
}

function Answer({ thread, onShown }: { thread: Thread; onShown: () => void }) {
  const name = replyDraftName(thread.thread)
  const kept = useKeptDraft(name)
  const [turn, setTurn] = useState(0)
  const again = () => kept.refetch().then(() => setTurn((before) => before + 1))
  const isShown = kept.isSuccess
  useEffect(() => {
    if (isShown) onShown()
  }, [isShown, onShown])
  if (kept.isPending) return <LoadingRows count={1} />
  if (kept.isError) return <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />
  return (
    <Composer
      key={turn}
      name={name}
      kept={kept.data}
      answers={thread}
      onDone={() => void again()}
      onReload={() => void again()}
    />
  )
}

function DeleteButton({ thread }: { thread: string }) {
  const { t } = useTranslation('messages')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const follow = useNewsFollow()
  const putBack = useMutation({
    mutationFn: () => client.messages.setDeleted({ thread, isDeleted: false }),
    onSuccess: async () => {
      toast(t('restored'))
      await follow()
    },
    onError: toastProblem,
  })
  const remove = useMutation({
    mutationFn: () => client.messages.setDeleted({ thread, isDeleted: true }),
    onSuccess: async () => {
      toastUndo(t('deleted'), () => putBack.mutate())
      await navigate({ to: '/messages', search: true })
      queryClient.removeQueries({ queryKey: api.messages.thread.key({ input: { thread } }) })
      await follow()
    },
    onError: toastProblem,
  })
  return (
    <Button
      variant="default"
      size="sm"
      className={classes.delete}
      leftSection={<IconTrash size={16} aria-hidden />}
      loading={remove.isPending}
      onClick={() => remove.mutate()}
    >
      {t('delete')}
    </Button>
  )
}
