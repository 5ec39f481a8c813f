import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AttendanceMark,
  type AttendanceStatus,
  type Attendant,
  attendanceStatuses,
} from '../../../shared/contract/attendance.ts'
import { api, client } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'
import { FieldGroup } from '../../ui/FieldGroup.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import classes from './attendance.module.css'

interface AttendancePartProps {
  place: { id: number; occurrence: number | null }
  /** While something else is unsaved: what is noted makes the appointment one that was held. */
  isBusy: boolean
  onNoted: () => void
}

/** Who was there: one press for each person, or one for all of them. */
export function AttendancePart({ place, isBusy, onNoted }: AttendancePartProps) {
  const { t } = useTranslation('appointments')
  const keysId = useId()
  const { data: people = [], error } = useQuery(api.attendance.list.queryOptions({ input: place }))
  const note = useNote(place, onNoted)
  const unnoted = people.filter(({ status }) => status === null)
  if (error) return <FormProblem error={error} />
  return (
    <FieldGroup title={t('attendance.title')}>
      <div data-wide className={classes.part}>
        {people.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('attendance.nobody')}
          </Text>
        )}
        {people.length > 1 && (
          <Group justify="flex-end">
            <Button
              size="xs"
              variant="default"
              disabled={isBusy || unnoted.length === 0}
              onClick={() => note.all(people, unnoted, 'present')}
            >
              {t('attendance.allPresent')}
            </Button>
          </Group>
        )}
        <ul className={classes.people}>
          {people.map((person) => (
            <Person
              key={person.beneficiaryId}
              person={person}
              keysId={keysId}
              isBusy={isBusy}
              onNote={(status) => note.all(people, [person], status)}
            />
          ))}
        </ul>
        {people.length > 0 && <VisuallyHidden id={keysId}>{t('attendance.keys')}</VisuallyHidden>}
      </div>
    </FieldGroup>
  )
}

function useNote(place: AttendancePartProps['place'], onNoted: () => void) {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const key = api.attendance.list.queryKey({ input: place })
  const save = useMutation({
    mutationFn: ({ marks }: { marks: AttendanceMark[]; before: AttendanceMark[]; isUndo: boolean }) =>
      client.attendance.note({ ...place, marks }),
    // What was pressed stands there at once; a mistake of the way is put right by what is read again.
    onMutate: ({ marks }) =>
      queryClient.setQueryData<Attendant[]>(key, (people) =>
        people?.map((one) => ({ ...one, ...marks.find(({ beneficiaryId }) => beneficiaryId === one.beneficiaryId) })),
      ),
    onSuccess: (_, { marks, before, isUndo }) => {
      if (isUndo) toast(t('attendance.tookBack'))
      else if (marks.length > 1) {
        toastUndo(t('attendance.noted', { count: marks.length }), () =>
          save.mutate({ marks: before, before: marks, isUndo: true }),
        )
      }
      onNoted()
    },
    onError: toastProblem,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: api.attendance.key() }),
        queryClient.invalidateQueries({ queryKey: api.appointments.list.key() }),
      ]),
  })
  return {
    all(people: readonly Attendant[], chosen: readonly Attendant[], status: AttendanceStatus | null) {
      const ids = new Set(chosen.map(({ beneficiaryId }) => beneficiaryId))
      const before = people.flatMap(({ beneficiaryId, status: was }) =>
        ids.has(beneficiaryId) ? { beneficiaryId, status: was } : [],
      )
      save.mutate({ marks: before.map((mark) => ({ ...mark, status })), before, isUndo: false })
    },
  }
}

interface PersonProps {
  person: Attendant
  keysId: string
  isBusy: boolean
  /** Null takes the note away. */
  onNote: (status: AttendanceStatus | null) => void
}

const letters: Record<string, AttendanceStatus | null> = {
  p: 'present',
  l: 'late',
  e: 'excused',
  a: 'absent',
  backspace: null,
}

function Person({ person: { name, status }, keysId, isBusy, onNote }: PersonProps) {
  const { t } = useTranslation('appointments')
  function press(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (Object.hasOwn(letters, key) && !isBusy) {
      event.preventDefault()
      onNote(letters[key] ?? null)
    }
    const step = { arrowdown: 1, arrowup: -1 }[key]
    if (step === undefined) return
    event.preventDefault()
    stepFrom(event.currentTarget, step)
  }
  return (
    <li>
      <fieldset className={classes.person} aria-label={t('attendance.of', { name })} onKeyDown={press}>
        <span className={classes.name}>
          <bdi>{name}</bdi>
        </span>
        <span className={classes.choices}>
          {attendanceStatuses.map((one) => (
            <button
              key={one}
              type="button"
              className={classes.choice}
              data-status={one}
              aria-pressed={status === one}
              aria-describedby={keysId}
              disabled={isBusy}
              // A second press takes it back.
              onClick={() => onNote(status === one ? null : one)}
            >
              {t(`attendance.${one}`)}
            </button>
          ))}
        </span>
      </fieldset>
    </li>
  )
}

/** To the same column of the person above or below. */
function stepFrom(person: HTMLElement, step: number) {
  const all = [...(person.closest('ul')?.querySelectorAll('fieldset') ?? [])]
  const column = [...person.querySelectorAll('button')].findIndex((one) => one === document.activeElement)
  all
    .at((all.findIndex((one) => one === person) + step) % all.length)
    ?.querySelectorAll('button')
    [Math.max(column, 0)]?.focus()
}
