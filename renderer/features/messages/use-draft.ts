import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Draft } from '../../../shared/contract/messages.ts'
import { client } from '../../lib/client.ts'
import { refreshNews, useNewsFollow } from '../../lib/news-follow.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { type DraftText, draftSaver, type Standing } from './draft-saver.ts'

/** The draft as the core has it when the page opens; null where nothing was written yet. */
export function useKeptDraft(name: string) {
  return useQuery({
    queryKey: ['message-draft', name],
    queryFn: () => client.messages.draft({ name }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

interface Options {
  name: string
  thread: string | null
  kept: Draft | null
  onSent: (sent: { thread: string; sending: string }) => void
  onDiscarded: () => void
}

const blank: DraftText = {
  replyTo: 'sender',
  recipients: { people: [], groups: [], roles: [] },
  subject: '',
  content: '',
  attachments: [],
}
const untouched: Standing = { isSaving: false, isDirty: false, savedAt: null, problem: null }

/** A message that is being written: every pause of the typing saves it, and sending sends what is saved. */
export function useDraft({ name, thread, kept, onSent, onDiscarded }: Options) {
  const [standing, setStanding] = useState(untouched)
  const [text, setText] = useState<DraftText>(kept ?? blank)
  const follow = useNewsFollow()
  const queryClient = useQueryClient()
  const [saver] = useState(() =>
    draftSaver({
      edit: kept?.edit ?? 0,
      save: (latest, edit) => client.messages.saveDraft({ ...latest, name, thread, edit }),
      onStanding: setStanding,
    }),
  )
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.isDirty()) event.preventDefault()
    }
    const hurry = () => void saver.flush().catch(() => undefined)
    window.addEventListener('beforeunload', warn)
    document.addEventListener('visibilitychange', hurry)
    return () => {
      window.removeEventListener('beforeunload', warn)
      document.removeEventListener('visibilitychange', hurry)
      // The list behind it shows which drafts there are.
      void saver
        .flush()
        .then(() => refreshNews(queryClient))
        .catch(() => undefined)
    }
  }, [saver, queryClient])

  const send = useMutation({
    mutationFn: async () => client.messages.send({ name, edit: await saver.flush() }),
    onSuccess: async (sent) => {
      saver.end()
      onSent(sent)
      await follow()
    },
  })
  const discard = useMutation({
    mutationFn: async () => {
      saver.end()
      if (saver.hasSaved()) await client.messages.discardDraft({ name })
    },
    onSuccess: async () => {
      onDiscarded()
      await follow()
    },
  })
  return {
    text,
    standing,
    send,
    discard,
    change(part: Partial<DraftText>) {
      const next = { ...text, ...part }
      setText(next)
      saver.change(next)
    },
  }
}

export type WrittenDraft = ReturnType<typeof useDraft>
