import { ActionIcon, Button } from '@mantine/core'
import { IconLink, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import type { PersonLink } from '../../../../shared/contract/links.ts'
import { api, client } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { PersonMark } from '../../../ui/PersonMark.tsx'
import { TextLink } from '../../../ui/TextLink.tsx'
import { photoOf } from '../../../ui/use-photo.ts'
import { LinkDialog } from './LinkDialog.tsx'
import classes from './links.module.css'

/** Who is what to this person: shown in both files, to those who may open both. */
export function LinksPart({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const [isAdding, setAdding] = useState(false)
  const list = useQuery(api.links.list.queryOptions({ input: { beneficiaryId: person.id } }))
  return (
    <section className={classes.part} aria-labelledby="links">
      <div className={classes.head}>
        <h2 id="links">{t('links.title')}</h2>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLink size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('links.add')}
        </Button>
      </div>
      {list.isPending && <LoadingRows count={1} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && <p className={classes.none}>{t('links.none')}</p>}
      {list.data && list.data.length > 0 && (
        <ul className={classes.links}>
          {list.data.map((link) => (
            <Linked key={link.id} link={link} of={person} />
          ))}
        </ul>
      )}
      {isAdding && <LinkDialog person={person} onClose={() => setAdding(false)} />}
    </section>
  )
}

function Linked({ link, of }: { link: PersonLink; of: Beneficiary }) {
  const { t } = useTranslation('file')
  const { person, role, note } = link
  const remove = useRemoval(link, of)
  return (
    <li className={classes.link}>
      <PersonMark name={person.name} photo={photoOf(person)} />
      <div className={classes.words}>
        <TextLink to="/beneficiaries/$id/file" params={{ id: person.id }}>
          <bdi>{person.name}</bdi>
        </TextLink>
        <span className={classes.role}>
          {role === 'other' ? <bdi>{note}</bdi> : t(`links.role.${role}`)}
          {person.dateOfBirth && ` · ${formatDay(person.dateOfBirth)}`}
        </span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('links.remove', { name: person.name })}
        loading={remove.isPending}
        onClick={() => remove.mutate({ id: link.id })}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </li>
  )
}

function useRemoval({ person, role, note }: PersonLink, of: Beneficiary) {
  const { t } = useTranslation('file')
  const queryClient = useQueryClient()
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: api.links.key() })
  async function back() {
    await client.links.create({ beneficiaryId: of.id, otherId: person.id, role, note })
    await lookAgain()
  }
  return useMutation(
    api.links.remove.mutationOptions({
      async onSuccess() {
        await lookAgain()
        toastUndo(t('links.removed', { name: of.name, other: person.name }), () => void back().catch(toastProblem))
      },
      onError: toastProblem,
    }),
  )
}
