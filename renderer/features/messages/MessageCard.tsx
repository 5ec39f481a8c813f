import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/messages.ts'
import { formatMoment } from '../../lib/format.ts'
import { PersonMark } from '../../ui/PersonMark.tsx'
import { Attachments } from './Attachments.tsx'
import classes from './messages.module.css'
import { useTakeBack } from './use-sent.ts'

/** One message: who wrote it to whom, what, and, of one's own, who has read it. */
export function MessageCard({ thread, message }: { thread: string; message: Message }) {
  const { t } = useTranslation('messages')
  const takeBack = useTakeBack()
  const { isMine, from, sentAt, content, sending } = message
  const name = isMine ? t('me') : (from ?? t('nobody'))
  return (
    <article className={classes.message} data-mine={isMine}>
      <header className={classes.messageHead}>
        <PersonMark name={from ?? '?'} size={32} />
        <div className={classes.messageWho}>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <span className={classes.small}>
            <Addressed message={message} />
          </span>
        </div>
        <time className={classes.small} dateTime={sentAt}>
          {formatMoment(sentAt)}
        </time>
      </header>
      <div className={classes.content} dir="auto">
        {content}
      </div>
      {message.attachments.length > 0 && <Attachments attachments={message.attachments} />}
      {isMine && message.receipts.length > 0 && <Receipts receipts={message.receipts} />}
      {message.isFresh && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.takeBack}
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate({ thread, sending })}
        >
          {t('takeBack')}
        </Button>
      )}
    </article>
  )
}

function Addressed({ message: { to, more, groups, roles, isMine } }: { message: Message }) {
  const { t } = useTranslation('messages')
  const names = [
    ...groups,
    ...roles.map((role) => t(`role.${role}`)),
    ...to,
    ...(more > 0 ? [t('more', { count: more })] : []),
  ]
  if (names.length === 0) return isMine ? null : t('toMe')
  return <>{t('to', { names: names.join(', ') })}</>
}

function Receipts({ receipts }: Pick<Message, 'receipts'>) {
  const { t } = useTranslation('messages')
  const [only] = receipts
  if (receipts.length === 1 && only) {
    return (
      <p className={classes.receipt}>{only.readAt ? t('readAt', { when: formatMoment(only.readAt) }) : t('notRead')}</p>
    )
  }
  const read = receipts.filter(({ readAt }) => readAt !== null).length
  return (
    <details className={classes.receipt}>
      <summary>{t('readBy', { count: read, all: receipts.length })}</summary>
      <ul className={classes.receipts}>
        {receipts.map(({ name, readAt }, place) => (
          <li key={place}>
            <bdi>{name}</bdi>
            <span>{readAt ? t('readAt', { when: formatMoment(readAt) }) : t('notRead')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
