import { zodResolver } from '@hookform/resolvers/zod'
import { Autocomplete, Button, Checkbox, Group, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { type Document, DocumentFields } from '../../../shared/contract/documents.ts'
import { api, client } from '../../lib/client.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { useDirtyNow } from '../../lib/use-dirty-now.ts'
import { useKeptForm } from '../../lib/use-kept-form.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { SaveState } from '../../ui/SaveState.tsx'
import classes from './DocumentPanel.module.css'

/** What is written about a document. */
export function DetailsForm({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { id, mayManage, beneficiaryId } = document
  const queryClient = useQueryClient()
  const choices = useQuery(api.documents.choices.queryOptions()).data
  const form = useForm<z.input<typeof DocumentFields>, unknown, DocumentFields>({
    resolver: zodResolver(DocumentFields),
    defaultValues: fieldsOf(document),
    mode: 'onTouched',
  })
  useKeptForm(form, `document.${id}`)
  const { isDirty, errors } = form.formState
  const isDirtyNow = useDirtyNow(form)
  // What is being edited must not change by itself, or somebody else's change would be overwritten unseen.
  const [updatedAt, setUpdatedAt] = useState(document.updatedAt)
  useEffect(() => {
    if (isDirtyNow()) return
    form.reset(fieldsOf(document))
    setUpdatedAt(document.updatedAt)
  }, [document, form, isDirtyNow])
  const update = useMutation({
    mutationFn: (fields: DocumentFields) => client.documents.update({ ...fields, id, updatedAt }),
    onSuccess: async (written, fields) => {
      form.reset(fields)
      setUpdatedAt(written.updatedAt)
      await queryClient.invalidateQueries({ queryKey: api.documents.key() })
    },
  })
  const isOutdated = refusalOf(update.error)?.key === 'document.changedMeanwhile'
  /** The fields that were changed here keep what was typed. */
  const loadNewest = useMutation({
    mutationFn: () => queryClient.fetchQuery(api.documents.get.queryOptions({ input: { id }, staleTime: 0 })),
    onSuccess(newest) {
      form.reset(fieldsOf(newest), { keepDirtyValues: true, keepDirty: true })
      setUpdatedAt(newest.updatedAt)
      update.reset()
    },
  })
  return (
    <form noValidate className={classes.part} onSubmit={form.handleSubmit((fields) => update.mutate(fields))}>
      <UnsavedGuard isDirty={isDirtyNow} onLeave={() => form.reset()} />
      <h2 className={classes.heading}>{t('details')}</h2>
      <div className={classes.fields}>
        <TextInput
          label={t('field.filename')}
          maxLength={255}
          error={errors.filename?.message}
          {...form.register('filename')}
        />
        <Textarea
          label={t('field.description')}
          autosize
          minRows={2}
          maxRows={8}
          error={errors.description?.message}
          {...form.register('description')}
        />
        <Controller
          control={form.control}
          name="category"
          render={({ field }) => (
            <Autocomplete
              label={t('field.category')}
              maxLength={50}
              data={choices?.categories ?? []}
              {...field}
              value={field.value ?? ''}
            />
          )}
        />
        <Controller
          control={form.control}
          name="tags"
          render={({ field }) => (
            <TagsInput
              label={t('field.tags')}
              description={t('tagsHint')}
              maxTags={20}
              data={choices?.tags ?? []}
              {...field}
              value={field.value ?? []}
              error={errors.tags && t('tagsProblem')}
            />
          )}
        />
        {mayManage && beneficiaryId === null && (
          <Checkbox label={t('field.isPublic')} description={t('publicHint')} {...form.register('isPublic')} />
        )}
      </div>
      <FormProblem error={loadNewest.error ?? update.error}>
        {isOutdated && (
          <Button size="xs" mt="sm" loading={loadNewest.isPending} onClick={() => loadNewest.mutate()}>
            {t('loadNewest')}
          </Button>
        )}
      </FormProblem>
      <Group justify="space-between">
        <SaveState isSaving={update.isPending} savedAt={update.data?.updatedAt ?? null} isDirty={isDirty} />
        <Button type="submit" disabled={!isDirty} loading={update.isPending}>
          {t('save')}
        </Button>
      </Group>
    </form>
  )
}

function fieldsOf(document: Document): DocumentFields {
  return DocumentFields.strip().parse(document)
}
