import { Alert, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { QrCamera } from './QrCamera.tsx'

export interface InvitationEntry {
  invitation: string
  machine: string
}

interface InvitationFieldsProps {
  entry: InvitationEntry
  isUnreadable: boolean
  isBusy: boolean
  onChange: (entry: InvitationEntry) => void
}

/** What the centre showed, by camera or as text, and what this computer is to be called there. */
export function InvitationFields({ entry, isUnreadable, isBusy, onChange }: InvitationFieldsProps) {
  const { t } = useTranslation('sync')
  return (
    <>
      <QrCamera isPaused={isBusy} onCode={(invitation) => onChange({ ...entry, invitation })} />
      <Textarea
        label={t('join.invitation')}
        description={t('join.invitationHint')}
        dir="ltr"
        autosize
        minRows={2}
        spellCheck={false}
        autoComplete="off"
        value={entry.invitation}
        onChange={(event) => onChange({ ...entry, invitation: event.currentTarget.value })}
      />
      {isUnreadable && (
        <Alert color="brick" role="alert">
          {t('join.unreadable')}
        </Alert>
      )}
      <TextInput
        label={t('join.machine')}
        description={t('join.machineHint')}
        maxLength={100}
        value={entry.machine}
        onChange={(event) => onChange({ ...entry, machine: event.currentTarget.value })}
      />
    </>
  )
}
