import { Button, Drawer, Group, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TellingField } from './TellingField.tsx'
import { useAccountChange } from './use-account-change.ts'

/** A calendar on a server: who one is there, which calendar, and what it may be told. */
export function AddCaldavDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation(['calendarAccounts', 'common'])
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={480}
      title={t('add')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <CaldavForm onDone={onClose} />
    </Drawer>
  )
}

const nothingYet = { address: '', userName: '', password: '' }

function CaldavForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('calendarAccounts')
  const [access, setAccess] = useState(nothingYet)
  // Where the server sends on to, each agreed to by its name.
  const [hosts, setHosts] = useState<string[]>([])
  const [calendar, setCalendar] = useState<string | null>(null)
  const [tellsWords, setTellsWords] = useState(false)
  const find = useMutation({
    mutationFn: (asked: typeof nothingYet & { hosts: string[] }) => client.calendarAccounts.findCalendars(asked),
    onSuccess: (found) => setCalendar(found[0]?.address ?? null),
  })
  const add = useAccountChange(client.calendarAccounts.addCaldav, () => {
    toast(t('added'))
    onDone()
  })
  const chosen = find.data?.find(({ address }) => address === calendar)
  const other = refusalOf(find.error)?.params['host']
  function agreeTo(host: string) {
    setHosts([...hosts, host])
    find.mutate({ ...access, hosts: [...hosts, host] })
  }
  const isWhole = Object.values(access).every((value) => value.trim() !== '')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!chosen) find.mutate({ ...access, hosts })
    else {
      add.mutate({ ...access, address: chosen.address, calendarName: chosen.name, tellsWords, word: t('word') })
    }
  }
  const type = (part: keyof typeof access) => ({
    value: access[part],
    onChange(event: { currentTarget: { value: string } }) {
      setAccess({ ...access, [part]: event.currentTarget.value })
      setHosts([])
      find.reset()
    },
  })
  return (
    <form noValidate onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <TextInput
          label={t('address')}
          description={t('addressHint')}
          placeholder="https://"
          type="url"
          dir="ltr"
          data-autofocus
          {...type('address')}
        />
        <TextInput label={t('userName')} dir="ltr" autoComplete="off" {...type('userName')} />
        <PasswordField
          label={t('password.label')}
          description={t('password.hint')}
          dir="ltr"
          autoComplete="off"
          {...type('password')}
        />
        <FormProblem error={find.error ?? add.error}>
          {typeof other === 'string' && (
            <Button
              variant="default"
              mt="sm"
              h="auto"
              py="xs"
              styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere', lineHeight: 1.4 } }}
              onClick={() => agreeTo(other)}
            >
              {t('agreeToHost', { host: `\u2066${other}\u2069` })}
            </Button>
          )}
        </FormProblem>
        {find.data && (
          <>
            <Select
              label={t('calendar')}
              allowDeselect={false}
              data={find.data.map(({ address, name }) => ({ value: address, label: name }))}
              value={calendar}
              onChange={setCalendar}
            />
            <TellingField value={tellsWords} onChange={setTellsWords} />
          </>
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isWhole} loading={find.isPending || add.isPending}>
            {t(find.data ? 'add' : 'check')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
