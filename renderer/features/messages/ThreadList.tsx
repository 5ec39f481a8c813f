import { Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DraftRow, ThreadRow } from '../../../shared/contract/messages.ts'
import { formatDate, formatTime } from '../../lib/format.ts'
import classes from './messages.module.css'
import type { Mailbox } from './use-mailbox.ts'

/** Conversations, the latest first. */
export function ThreadList({ mailbox: { rows, threads } }: { mailbox: Mailbox }) {
  const { t } = useTranslation('messages')
  return (
    <>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <ThreadEntry key={row.thread} row={row} />
        ))}
      </ul>
      {threads.hasNextPage && (
        <Button variant="subtle" loading={threads.isFetchingNextPage} onClick={() => void threads.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </>
  )
}

function ThreadEntry({ row }: { row: ThreadRow }) {
  const { t } = useTranslation('messages')
  const names = [...row.others, ...row.groups, ...row.roles.map((role) => t(`role.${role}`))]
  const who = names.length === 0 ? (row.lastFrom ?? t('nobody')) : names.join(', ')
  return (
    <li>
      <Link
        to="/messages/$thread"
        params={{ thread: row.thread }}
        search={true}
        className={classes.row}
        data-unread={row.unread > 0}
        data-thread={row.thread}
      >
        <span className={classes.rowHead}>
          <span className={classes.who}>
            <bdi>{who}</bdi>
            {row.more > 0 && ` ${t('more', { count: row.more })}`}
          </span>
          <time className={classes.small} dateTime={row.lastAt}>
            {shortly(row.lastAt)}
          </time>
        </span>
        <span className={classes.subject} dir="auto">
          {row.subject || t('noSubject')}
        </span>
        <span className={classes.rowFoot}>
          <span className={classes.snippet} dir="auto">
            {row.isLastMine && (
              <>
                <bdi>{t('you')}</bdi>{' '}
              </>
            )}
            {row.snippet}
          </span>
          {row.hasDraft && <Badge color="saffron">{t('draft')}</Badge>}
          {row.unread > 0 && (
            <Badge variant="filled" className={classes.unread}>
              {t('unread', { count: row.unread })}
            </Badge>
          )}
        </span>
      </Link>
    </li>
  )
}

/** What was begun and not sent. */
export function DraftList({ drafts }: { drafts: readonly DraftRow[] }) {
  const { t } = useTranslation('messages')
  return (
    <ul className={classes.rows}>
      {drafts.map((draft) => (
        <li key={draft.name}>
          <Link to="/messages/draft/$name" params={{ name: draft.name }} search={true} className={classes.row}>
            <span className={classes.rowHead}>
              <span className={classes.who} dir="auto">
                {draft.thread ? t('reply.title') : draft.subject || t('noSubject')}
              </span>
              <time className={classes.small} dateTime={draft.updatedAt}>
                {shortly(draft.updatedAt)}
              </time>
            </span>
            <span className={classes.snippet} dir="auto">
              {draft.snippet}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The time of today, the day of any other. */
function shortly(timestamp: string): string {
  const moment = new Date(timestamp)
  if (moment.toDateString() === new Date().toDateString()) return formatTime(moment)
  return formatDate(moment, { day: 'numeric', month: 'short', year: 'numeric' })
}
