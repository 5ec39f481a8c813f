import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../../shared/contract/messages.ts'
import { formatBytes } from '../../lib/format.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DocumentPreview } from '../../ui/documents/preview/DocumentPreview.tsx'
import classes from './messages.module.css'

/** What a message brings with it; each opens here, while it is shared. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation('messages')
  const [opened, setOpened] = useState<Attachment>(null)
  return (
    <>
      <ul className={classes.attachments} aria-label={t('attach.label')}>
        {attachments.map((document, place) => (
          <li key={document?.id ?? `gone${place}`}>
            {document ? (
              <Button
                variant="default"
                size="compact-sm"
                maw="100%"
                h="auto"
                mih="1.75rem"
                classNames={{ label: classes.attached }}
                leftSection={<IconPaperclip size={16} aria-hidden />}
                aria-label={t('attach.open', { name: document.filename })}
                onClick={() => setOpened(document)}
              >
                <bdi>{document.filename}</bdi>&nbsp;· {formatBytes(document.size)}
              </Button>
            ) : (
              <span className={classes.small}>{t('attach.gone')}</span>
            )}
          </li>
        ))}
      </ul>
      <Dialog isOpen={opened !== null} title={opened?.filename ?? ''} size="lg" onClose={() => setOpened(null)}>
        {opened && <DocumentPreview document={opened} />}
      </Dialog>
    </>
  )
}
