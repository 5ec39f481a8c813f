import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleImport } from '../../../../shared/contract/people-imports.ts'
import { api, client } from '../../../lib/client.ts'
import { formatMoment, formatNumber } from '../../../lib/format.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import classes from './people-imports.module.css'

/** Lists that were brought in within a day, each with the way back. */
export function EarlierImports({ imports }: { imports: readonly PeopleImport[] }) {
  const { t } = useTranslation('peopleImport')
  if (imports.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="earlier">
      <h2 id="earlier">{t('earlier.title')}</h2>
      <RowList>
        {imports.map((one) => (
          <Earlier key={one.id} one={one} />
        ))}
      </RowList>
    </section>
  )
}

function Earlier({ one }: { one: PeopleImport }) {
  const { t } = useTranslation('peopleImport')
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const undo = useMutation({
    mutationFn: async () => {
      let { left } = await client.peopleImports.undoSome({ importId: one.id })
      while (left > 0) ({ left } = await client.peopleImports.undoSome({ importId: one.id }))
    },
    onSuccess() {
      setAsking(false)
      toast(t('earlier.undone'))
    },
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: api.peopleImports.list.key() })
      await queryClient.invalidateQueries({ queryKey: api.beneficiaries.key() })
      await queryClient.invalidateQueries({ queryKey: api.groups.key() })
    },
  })
  const counts = { added: formatNumber(one.added), changed: formatNumber(one.changed), total: formatNumber(one.total) }
  const isPartial = one.state === 'running' || one.added + one.changed < one.total
  return (
    <Row
      name={<bdi>{one.fileName}</bdi>}
      facts={[
        <span key="when">
          {formatMoment(one.at)}
          {one.byName && (
            <>
              {' · '}
              <bdi>{one.byName}</bdi>
            </>
          )}
        </span>,
        t(one.state === 'undoing' ? 'earlier.undoing' : isPartial ? 'earlier.partial' : 'earlier.whole', counts),
      ]}
      actions={
        <>
          <Button size="xs" variant="default" loading={undo.isPending} onClick={() => setAsking(true)}>
            {t('earlier.undo')}
          </Button>
          <ConfirmDialog
            isOpen={isAsking}
            title={t('earlier.question')}
            confirmLabel={t('earlier.undo')}
            isDangerous
            isBusy={undo.isPending}
            error={undo.error}
            onConfirm={() => undo.mutate()}
            onCancel={() => setAsking(false)}
          >
            {t('earlier.text', counts)}
          </ConfirmDialog>
        </>
      }
    />
  )
}
