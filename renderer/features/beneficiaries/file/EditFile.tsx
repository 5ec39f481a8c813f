import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { UnsavedGuard } from '../../../lib/UnsavedGuard.tsx'
import { useDirtyNow } from '../../../lib/use-dirty-now.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { SaveState } from '../../../ui/SaveState.tsx'
import { TextLink } from '../../../ui/TextLink.tsx'
import { PersonForm } from '../PersonForm.tsx'
import { PersonStatus } from '../PersonStatus.tsx'
import { PersonPrivacy } from '../privacy/PersonPrivacy.tsx'
import { useBeneficiaryForm } from '../use-beneficiary-form.ts'
import { fieldsOf, useLoadNewest, useUpdatePerson } from '../use-person.ts'
import classes from './file.module.css'

/** Every field of the file, on one page. */
export function EditFile({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('beneficiaries')
  const [first] = useState(() => fieldsOf(person))
  const form = useBeneficiaryForm(first)
  const { isDirty } = form.formState
  const isDirtyNow = useDirtyNow(form)
  const update = useUpdatePerson(person, form)
  const loadNewest = useLoadNewest(person, form)
  const isOutdated = refusalOf(update.error)?.key === 'beneficiary.changedMeanwhile'
  const trainer =
    person.trainerId && person.trainerName ? { id: person.trainerId, name: person.trainerName } : undefined
  return (
    <div className={classes.sheet}>
      <PersonForm
        form={form}
        isWhole
        trainer={trainer}
        onSubmit={form.handleSubmit((fields) => update.mutate(fields))}
        head={
          <>
            <PersonStatus person={person} isInFile onChanged={() => loadNewest.mutate()} />
            <GroupsOf id={person.id} />
          </>
        }
        foot={
          <>
            <UnsavedGuard isDirty={isDirtyNow} />
            <FormProblem error={loadNewest.error ?? update.error}>
              {isOutdated && (
                <Button
                  size="xs"
                  mt="sm"
                  loading={loadNewest.isPending}
                  onClick={() => loadNewest.mutate(undefined, { onSuccess: () => update.reset() })}
                >
                  {t('edit.loadNewest')}
                </Button>
              )}
            </FormProblem>
            {loadNewest.isSuccess && isDirty && !update.error && <Text size="sm">{t('edit.merged')}</Text>}
            <PersonPrivacy person={person} />
            <Group justify="space-between">
              <SaveState isSaving={update.isPending} savedAt={update.data?.updatedAt ?? null} isDirty={isDirty} />
              <Button type="submit" disabled={!isDirty} loading={update.isPending}>
                {t('edit.submit')}
              </Button>
            </Group>
          </>
        }
      />
    </div>
  )
}

function GroupsOf({ id }: { id: number }) {
  const { t } = useTranslation('file')
  const { data: groups = [] } = useQuery(api.beneficiaries.groupsOf.queryOptions({ input: { id } }))
  if (groups.length === 0) return null
  return (
    <Text size="sm" component="p" m={0}>
      {t('groups')}{' '}
      {groups.map((group, index) => (
        <span key={group.id}>
          {index > 0 && ', '}
          <TextLink to="/groups/$id" params={{ id: group.id }}>
            <bdi>{group.name}</bdi>
          </TextLink>
        </span>
      ))}
    </Text>
  )
}
