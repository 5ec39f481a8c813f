import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { Composer } from './Composer.tsx'
import classes from './messages.module.css'
import { useKeptDraft } from './use-draft.ts'

const route = getRouteApi('/staff/messages/draft/$name')

/** A new message, or one that was begun before; an answer that was begun stands under what it answers. */
export function DraftPane() {
  const { t } = useTranslation('messages')
  const { name } = route.useParams()
  const navigate = useNavigate()
  const [turn, setTurn] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const kept = useKeptDraft(name)
  usePageTitle(t('write.title'))
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  if (kept.data?.thread) {
    return <Navigate to="/messages/$thread" params={{ thread: kept.data.thread }} search={true} replace />
  }
  return (
    <section className={classes.pane} aria-labelledby="draft-title">
      <header className={classes.paneHead}>
        <div className={classes.narrowOnly}>
          <BackLink to="/messages" search={true}>
            {t('back')}
          </BackLink>
        </div>
        <h2 id="draft-title" ref={heading} tabIndex={-1} className={classes.paneTitle}>
          {t('write.title')}
        </h2>
        <p className={classes.hint}>{t('write.later')}</p>
      </header>
      {kept.isPending ? (
        <LoadingRows count={4} />
      ) : kept.isError ? (
        <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />
      ) : (
        <Composer
          key={`${name}.${turn}`}
          name={name}
          kept={kept.data}
          onDone={(sent) =>
            void (sent
              ? navigate({ to: '/messages/$thread', params: { thread: sent.thread }, search: true })
              : navigate({ to: '/messages', search: true }))
          }
          onReload={() => void kept.refetch().then(() => setTurn((before) => before + 1))}
        />
      )}
    </section>
  )
}
