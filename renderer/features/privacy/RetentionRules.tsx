import { Button, Group, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Months, type RetentionPlan } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Section } from '../../ui/Section.tsx'

/** How many months everything is kept; an empty field keeps it as long as the file. */
export function RetentionRules({ plan }: { plan: RetentionPlan[] }) {
  const { t } = useTranslation('privacy')
  const queryClient = useQueryClient()
  const [months, setMonths] = useState(() => Object.fromEntries(plan.map((one) => [one.subject, one.months])))
  const save = useMutation(
    api.privacy.setRetention.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.retention.key() })
        toast(t('retention.saved'))
      },
    }),
  )
  const isValid = Object.values(months).every((value) => Months.safeParse(value).success)
  const isDirty = plan.some((one) => !Object.is(months[one.subject], one.months))
  return (
    <Section title={t('retention.rules')} note={t('retention.rulesNote')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ rules: months })
        }}
      >
        <Stack gap="md">
          {plan.map(({ subject, defaultMonths }) => (
            <NumberField
              key={subject}
              label={t(`retention.subject.${subject}`)}
              description={
                defaultMonths === null ? t('retention.usuallyFile') : t('retention.usually', { count: defaultMonths })
              }
              placeholder={t('retention.asFile')}
              min={1}
              max={600}
              value={months[subject] ?? null}
              error={Months.safeParse(months[subject] ?? null).success ? undefined : t('retention.range')}
              onChange={(value) => setMonths({ ...months, [subject]: value })}
            />
          ))}
          <FormProblem error={save.error} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!isDirty || !isValid} loading={save.isPending}>
              {t('retention.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
