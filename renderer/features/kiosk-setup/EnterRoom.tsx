import { Alert, Button, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readEntrance } from '../../../shared/entrance.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { desktopShell } from '../../lib/shell.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { QrCamera } from '../../ui/QrCamera.tsx'

/** Makes this machine a seat in the encrypted room of another one, by what that one's screen shows. */
export function EnterRoom() {
  const { t } = useTranslation('kioskSetup')
  const shell = desktopShell()
  const [text, setText] = useState('')
  const [isUnreadable, setIsUnreadable] = useState(false)
  const sessionChanged = useSessionChanged()
  const enter = useMutation({
    mutationFn: async (entrance: string) => shell?.room(entrance),
    onSuccess: (answer) => (answer?.isDone ? sessionChanged() : setIsUnreadable(true)),
    networkMode: 'always',
  })
  if (!shell) return <Text>{t('room.browser')}</Text>

  function go(shown: string) {
    const isReadable = readEntrance(shown) !== undefined
    setIsUnreadable(!isReadable)
    if (isReadable) enter.mutate(shown.trim())
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    go(text)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <QrCamera isPaused={enter.isPending} onCode={go} />
        <Textarea
          label={t('room.text')}
          description={t('room.textHint')}
          dir="ltr"
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {isUnreadable && (
          <Alert color="brick" role="alert">
            {t('room.unreadable')}
          </Alert>
        )}
        <FormProblem error={enter.error} />
        <Button type="submit" loading={enter.isPending} disabled={text.trim() === ''} style={{ alignSelf: 'start' }}>
          {t('room.submit')}
        </Button>
      </Stack>
    </form>
  )
}
