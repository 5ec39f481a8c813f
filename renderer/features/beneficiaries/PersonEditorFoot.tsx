import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../shared/contract/beneficiaries.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { SafeMark } from '../../ui/SafeMark.tsx'
import { SaveState } from '../../ui/SaveState.tsx'
import { PersonPrivacy } from './privacy/PersonPrivacy.tsx'
import type { PersonEditing } from './use-person-editor.ts'

/** Below the fields: what went wrong, whether it is saved, here and at the centre, and the button. */
export function PersonEditorFoot({ person, editing }: { person: Beneficiary; editing: PersonEditing }) {
  const { t } = useTranslation('beneficiaries')
  const { problem, isOutdated, isMerged, isDirty, isSaving } = editing
  return (
    <>
      <UnsavedGuard isDirty={editing.isDirtyNow} onLeave={() => editing.form.reset()} />
      <FormProblem error={problem}>
        {isOutdated && (
          <Button size="xs" mt="sm" loading={editing.isLoadingNewest} onClick={editing.loadNewest}>
            {t('edit.loadNewest')}
          </Button>
        )}
      </FormProblem>
      {isMerged && <Text size="sm">{t('edit.merged')}</Text>}
      <Group justify="space-between" mt={problem || isMerged ? 'md' : 0}>
        <Stack gap={4}>
          <SaveState isSaving={isSaving} savedAt={editing.savedAt} isDirty={isDirty} />
          <SafeMark kind="beneficiaries" id={person.id} />
        </Stack>
        <Group gap="sm" ms="auto">
          <PersonPrivacy person={person} />
          <Button type="submit" disabled={!isDirty} loading={isSaving}>
            {t('edit.submit')}
          </Button>
        </Group>
      </Group>
    </>
  )
}
