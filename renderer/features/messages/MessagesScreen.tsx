import { Button, SegmentedControl } from '@mantine/core'
import { IconMail, IconMailOpened, IconPencilPlus } from '@tabler/icons-react'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { newDraftName } from './draft-name.ts'
import classes from './messages.module.css'
import { DraftList, ThreadList } from './ThreadList.tsx'
import { type Mailbox, useMailbox } from './use-mailbox.ts'
import { useMessageKeys } from './use-message-keys.ts'

export const messageBoxes = ['all', 'unread', 'sent', 'drafts'] as const

/** All messages at the side and one of them beside it; where the screen is narrow, one or the other. */
export function MessagesScreen() {
  const { t } = useTranslation('messages')
  const navigate = useNavigate()
  const { thread, name } = useParams({ strict: false })
  const mailbox = useMailbox()
  const isOpen = thread !== undefined || name !== undefined
  const write = () => void navigate({ to: '/messages/draft/$name', params: { name: newDraftName() }, search: true })
  const screen = useRef<HTMLDivElement>(null)
  useMessageKeys(screen, { threads: mailbox.rows.map((row) => row.thread), thread, write })
  return (
    <div ref={screen} className={classes.screen} data-open={isOpen}>
      <Page fit="fill">
        <PageHeader
          title={t('title')}
          actions={
            <Button leftSection={<IconPencilPlus size={18} aria-hidden />} onClick={write}>
              {t('new')}
            </Button>
          }
        />
        <div className={classes.columns}>
          <div className={classes.list}>
            <SearchField
              label={t('search')}
              value={mailbox.search}
              onSearch={(text) => mailbox.show({ search: text || undefined })}
            />
            <SegmentedControl
              fullWidth
              size="sm"
              aria-label={t('box.label')}
              value={mailbox.box}
              onChange={(box) => mailbox.show({ box: messageBoxes.find((one) => one === box && one !== 'all') })}
              data={messageBoxes.map((box) => ({ value: box, label: t(`box.${box}`) }))}
            />
            <div className={classes.scroll}>
              <Contents mailbox={mailbox} />
            </div>
          </div>
          <div className={classes.beside}>
            {isOpen ? (
              <Outlet />
            ) : (
              <EmptyState icon={IconMailOpened} title={t('choose')}>
                {t('chooseText')}
              </EmptyState>
            )}
          </div>
        </div>
      </Page>
    </div>
  )
}

function Contents({ mailbox }: { mailbox: Mailbox }) {
  const { box, rows } = mailbox
  const query = box === 'drafts' ? mailbox.drafts : mailbox.threads
  if (query.isPending) return <LoadingRows />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const drafts = mailbox.drafts.data ?? []
  if ((box === 'drafts' ? drafts : rows).length === 0) return <Nothing mailbox={mailbox} />
  return box === 'drafts' ? <DraftList drafts={drafts} /> : <ThreadList mailbox={mailbox} />
}

function Nothing({ mailbox: { box, search, show } }: { mailbox: Mailbox }) {
  const { t } = useTranslation('messages')
  if (box === 'drafts') return <Empty title={t('noDrafts')}>{t('noDraftsText')}</Empty>
  if (search !== '') {
    return (
      <EmptyState
        icon={IconMail}
        title={t('noneFound')}
        action={
          <Button variant="default" onClick={() => show({ search: undefined, box: undefined })}>
            {t('showAll')}
          </Button>
        }
      >
        {t('noneFoundText')}
      </EmptyState>
    )
  }
  if (box === 'unread') return <Empty title={t('noneUnread')}>{t('noneUnreadText')}</Empty>
  if (box === 'sent') return <Empty title={t('noneSent')}>{t('noneSentText')}</Empty>
  return <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>
}

function Empty({ title, children }: { title: string; children: string }) {
  return (
    <EmptyState icon={IconMail} title={title}>
      {children}
    </EmptyState>
  )
}
