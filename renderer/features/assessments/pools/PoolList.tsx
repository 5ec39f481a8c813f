import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { type FilledPool, filledPools, isTooSmall, isUneven } from '../../../../shared/pools.ts'
import { api } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

interface Props {
  assessment: Assessment
  isEditable: boolean
}

/** From which questions how many are drawn, and what stands in the way. */
export function PoolList({ assessment, isEditable }: Props) {
  const { t } = useTranslation('bank')
  const queryClient = useQueryClient()
  const setPool = useMutation(
    api.assessments.setPool.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.assessments.key() }),
      onError: toastProblem,
    }),
  )
  const { id, questions, settings } = assessment
  if (settings.pools.length === 0) return null
  const drawn = (pool: FilledPool, draw: number) =>
    setPool.mutate({ id, questionIds: [], pool: { id: pool.id, name: pool.name, draw } })
  return (
    <Stack component="section" gap="xs" mb="md" aria-label={t('pool.title')}>
      {filledPools(questions, settings).map((pool) => (
        <Group key={pool.id} gap="sm">
          <Text size="sm" fw={500}>
            <bdi>{pool.name}</bdi>
          </Text>
          <Text size="sm">
            {t('pool.draws', { draw: pool.draw, count: pool.questions.length, numbers: numbersOf(pool, questions) })}
          </Text>
          {(isTooSmall(pool) || isUneven(pool)) && (
            <Text size="sm" c="var(--mantine-color-error)">
              {t(isTooSmall(pool) ? 'pool.tooSmall' : 'pool.uneven')}
            </Text>
          )}
          {isEditable && (
            <Button.Group>
              <Button
                size="xs"
                variant="default"
                disabled={pool.draw <= 1}
                aria-label={t('pool.fewer', { name: pool.name })}
                onClick={() => drawn(pool, pool.draw - 1)}
              >
                −
              </Button>
              <Button
                size="xs"
                variant="default"
                disabled={pool.draw >= pool.questions.length}
                aria-label={t('pool.more', { name: pool.name })}
                onClick={() => drawn(pool, pool.draw + 1)}
              >
                +
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => setPool.mutate({ id, questionIds: pool.questions.map((one) => one.id), pool: null })}
              >
                {t('pool.dissolve')}
              </Button>
            </Button.Group>
          )}
        </Group>
      ))}
    </Stack>
  )
}

/** Where the questions of a pool stand in the list. */
function numbersOf(pool: FilledPool, questions: Assessment['questions']): string {
  return pool.questions.map((one) => questions.indexOf(one) + 1).join(', ')
}
