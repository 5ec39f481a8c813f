import { Alert, Button, Divider, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import type { Handover } from '../../../../shared/contract/handovers.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { api } from '../../../lib/client.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { MovedNotice, MoveNow } from './MoveNow.tsx'

const askEveryMs = 3_000

/** Offers the person to another trainer; while the offer is open, it says so and takes it back. */
export function HandoverButton({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('handovers')
  const [isOpen, dialog] = useDisclosure(false)
  const found = useQuery(
    api.handovers.ofPerson.queryOptions({
      input: { beneficiaryId: person.id },
      // Whoever made an offer was told that the answer is seen here.
      refetchInterval: ({ state }) => (state.data?.[0]?.status === 'open' && !state.error ? askEveryMs : false),
    }),
  )
  const last = found.data?.[0]
  const open = found.data?.find(({ status }) => status === 'open')
  const isTaken = open !== undefined && refusalOf(found.error)?.key === 'beneficiary.notFound'
  if (isTaken) return <Taken by={open.toName} />
  return (
    <>
      <Button variant="default" leftSection={<IconArrowsExchange size={18} aria-hidden />} onClick={dialog.open}>
        {t(open ? 'offered' : last?.status === 'declined' ? 'offerAgain' : 'offer')}
      </Button>
      <Dialog isOpen={isOpen} title={t('title', { name: person.name })} onClose={dialog.close}>
        {open ? (
          <OpenOffer offer={open} onClose={dialog.close} />
        ) : (
          <OfferForm person={person} last={found.data?.[0]} onClose={dialog.close} />
        )}
      </Dialog>
    </>
  )
}

/** What stands in the file is not lost from the screen, but it is no longer theirs to save. */
function Taken({ by }: { by: string | null }) {
  const { t } = useTranslation('handovers')
  return (
    <Text role="status" fw={600}>
      {t('taken', { name: `\u2068${by ?? t('centre')}\u2069` })}
    </Text>
  )
}

interface OfferFormProps {
  person: Beneficiary
  last: Handover | undefined
  onClose: () => void
}

function OfferForm({ person, last, onClose }: OfferFormProps) {
  const { t } = useTranslation('handovers')
  const queryClient = useQueryClient()
  const mayMove = mayUse(actorKindOf(useMe()), 'handovers.move')
  const [toTrainer, setToTrainer] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const { data: trainers = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  const others = trainers.filter(({ id }) => id !== person.trainerId)
  const offer = useMutation(
    api.handovers.offer.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.handovers.key() })
        toast(t('done'))
        onClose()
      },
    }),
  )
  return (
    <Stack gap="md">
      {mayMove && last?.status === 'moved' && last.toTrainerId === person.trainerId && (
        <MovedNotice last={last} onClose={onClose} />
      )}
      <Text size="sm">{t('explain')}</Text>
      {last?.status === 'declined' && (
        <Alert color="saffron" variant="light">
          {t('wasDeclined', { name: `\u2068${last.toName ?? ''}\u2069` })} <bdi>{last.reply}</bdi>
        </Alert>
      )}
      <Select
        data-autofocus
        label={t('to')}
        data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
        nothingFoundMessage={t('nobody')}
        searchable={others.length > 8}
        value={toTrainer}
        onChange={setToTrainer}
      />
      <Textarea
        label={t('note')}
        description={t('noteHint')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormProblem error={offer.error} />
      <Group justify="flex-end">
        <Button
          disabled={toTrainer === null}
          loading={offer.isPending}
          onClick={() => offer.mutate({ beneficiaryId: person.id, toTrainerId: Number(toTrainer), note })}
        >
          {t('submit')}
        </Button>
      </Group>
      {mayMove && toTrainer !== null && (
        <>
          <Divider />
          <MoveNow person={person} toTrainerId={Number(toTrainer)} note={note} onClose={onClose} />
        </>
      )}
    </Stack>
  )
}

function OpenOffer({ offer, onClose }: { offer: Handover; onClose: () => void }) {
  const { t } = useTranslation('handovers')
  const queryClient = useQueryClient()
  const withdraw = useMutation(
    api.handovers.withdraw.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.handovers.key() })
        toast(t('withdrawn'))
        onClose()
      },
      onError: toastProblem,
    }),
  )
  return (
    <Stack gap="md">
      <Text>{t('waiting', { name: `\u2068${offer.toName ?? ''}\u2069` })}</Text>
      {offer.note && (
        <Text size="sm" dir="auto">
          {offer.note}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: offer.id })}>
          {t('withdraw')}
        </Button>
      </Group>
    </Stack>
  )
}
