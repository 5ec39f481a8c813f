import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarShare, IconDotsVertical, IconFileDownload, IconFileUpload, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { spanOf } from '../../lib/calendar-days.ts'
import { client } from '../../lib/client.ts'
import { saveBlob } from '../../lib/save-file.ts'
import { toastProblem } from '../../lib/toast.ts'
import { ReadFileDialog } from './ReadFileDialog.tsx'
import { TrashDialog } from './TrashDialog.tsx'
import type { Calendar } from './use-calendar.ts'

/** What is shown as a file for other calendars, and theirs for this one. */
export function CalendarFileMenu({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation(['appointments', 'common'])
  const [chosen, setChosen] = useState<File | null>(null)
  const [isTrash, setTrash] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { days, trainer, rows } = calendar
  async function save() {
    const { text } = await client.appointments.file({ ...spanOf(days), trainerId: trainer })
    saveCalendar(`${t('title')} ${days[0] ?? ''}`, text)
  }
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={38} aria-label={t('common:action.more')}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileDownload size={18} aria-hidden />}
            disabled={rows.length === 0}
            onClick={() => void save().catch(toastProblem)}
          >
            {t('file.save')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileUpload size={18} aria-hidden />} onClick={() => field.current?.click()}>
            {t('file.read')}
          </Menu.Item>
          <Menu.Item component={Link} to="/account/calendars" leftSection={<IconCalendarShare size={18} aria-hidden />}>
            {t('common:nav.calendarAccounts')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={18} aria-hidden />} onClick={() => setTrash(true)}>
            {t('trash.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={field}
        type="file"
        accept=".ics,text/calendar"
        hidden
        aria-label={t('file.read')}
        onChange={({ currentTarget }) => {
          setChosen(currentTarget.files?.[0] ?? null)
          currentTarget.value = ''
        }}
      />
      {isTrash && <TrashDialog onClose={() => setTrash(false)} />}
      {chosen && <ReadFileDialog file={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

export function saveCalendar(name: string, text: string) {
  saveBlob(`${name}.ics`, new Blob([text], { type: 'text/calendar' }))
}
