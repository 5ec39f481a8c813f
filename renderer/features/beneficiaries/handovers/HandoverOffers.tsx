import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Handover } from '../../../../shared/contract/handovers.ts'
import { api } from '../../../lib/client.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import classes from './HandoverOffers.module.css'

/** Whom this person is asked to take over; not there while nobody asks. */
export function HandoverOffers() {
  const { t } = useTranslation('handovers')
  const { data = [] } = useQuery(api.handovers.list.queryOptions())
  const offers = data.filter(({ isMine }) => isMine)
  if (offers.length === 0) return null
  return (
    <section className={classes.offers} aria-label={t('offersLabel')}>
      {offers.map((offer) => (
        <Offer key={offer.id} offer={offer} />
      ))}
    </section>
  )
}

function Offer({ offer }: { offer: Handover }) {
  const { t } = useTranslation('handovers')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [isDeclining, setDeclining] = useState(false)
  const accept = useMutation(
    api.handovers.accept.mutationOptions({
      async onSuccess({ beneficiaryId }) {
        await queryClient.invalidateQueries({ queryKey: api.handovers.key() })
        await queryClient.invalidateQueries({ queryKey: api.beneficiaries.key() })
        toast(t('accepted', { name: offer.beneficiaryName }))
        await navigate({ to: '/beneficiaries/$id/file', params: { id: beneficiaryId } })
      },
      onError: toastProblem,
    }),
  )
  const names = {
    person: `\u2068${offer.beneficiaryName}\u2069`,
    trainer: `\u2068${offer.fromName ?? t('centre')}\u2069`,
  }
  return (
    <div className={classes.offer}>
      <div className={classes.words}>
        <Text fw={600}>{t('asks', names)}</Text>
        {offer.note && (
          <Text size="sm" dir="auto">
            {offer.note}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <Button variant="default" onClick={() => setDeclining(true)}>
          {t('decline')}
        </Button>
        <Button loading={accept.isPending} onClick={() => accept.mutate({ id: offer.id })}>
          {t('accept')}
        </Button>
      </Group>
      <Dialog isOpen={isDeclining} title={t('declineTitle', names)} onClose={() => setDeclining(false)}>
        <DeclineForm id={offer.id} onClose={() => setDeclining(false)} />
      </Dialog>
    </div>
  )
}

function DeclineForm({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation(['handovers', 'common'])
  const queryClient = useQueryClient()
  const [reply, setReply] = useState('')
  const decline = useMutation(
    api.handovers.decline.mutationOptions({
      async onSuccess() {
        toast(t('declined'))
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.handovers.key() })
      },
    }),
  )
  return (
    <Stack gap="md">
      <Textarea
        label={t('reply')}
        autosize
        minRows={2}
        maxLength={2000}
        value={reply}
        onChange={(event) => setReply(event.currentTarget.value)}
      />
      <FormProblem error={decline.error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        <Button loading={decline.isPending} onClick={() => decline.mutate({ id, reply })}>
          {t('decline')}
        </Button>
      </Group>
    </Stack>
  )
}
