import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SetApart } from '../../../../shared/contract/links.ts'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { useLookAgain } from './ApartButton.tsx'
import classes from './merges.module.css'

/** Who was said to be two people, each pair with the way back; not there where nobody was. */
export function ApartPairs() {
  const { t } = useTranslation('merges')
  const list = useQuery(api.links.apart.queryOptions())
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data || list.data.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="apart">
      <h2 id="apart">{t('apart.title')}</h2>
      <RowList>
        {list.data.map((pair) => (
          <Apart key={pair.id} pair={pair} />
        ))}
      </RowList>
    </section>
  )
}

function Apart({ pair: { id, first, second, byName, since } }: { pair: SetApart }) {
  const { t } = useTranslation('merges')
  const lookAgain = useLookAgain()
  const names = { first: first.name, second: second.name }
  const back = useMutation(
    api.links.remove.mutationOptions({
      async onSuccess() {
        await lookAgain()
        toast(t('apart.isBack', names))
      },
      onError: toastProblem,
    }),
  )
  const day = formatDay(since.slice(0, 10))
  return (
    <Row
      name={
        <>
          <bdi>{first.name}</bdi> <span className={classes.and}>{t('and')}</span> <bdi>{second.name}</bdi>
        </>
      }
      facts={[byName ? t('apart.note', { name: `\u2068${byName}\u2069`, day }) : t('apart.noteNobody', { day })]}
      actions={
        <Button
          size="xs"
          variant="default"
          aria-label={t('apart.backOf', names)}
          loading={back.isPending}
          onClick={() => back.mutate({ id })}
        >
          {t('apart.back')}
        </Button>
      }
    />
  )
}
