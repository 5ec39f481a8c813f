import { Button, Text } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconDevices, IconUser } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '../../../shared/contract/devices.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { GridRow, Remark, RowList, Words } from '../../ui/RowList.tsx'
import { deviceWords } from './device-words.ts'
import classes from './devices.module.css'

/** Where the centre is signed in, so that a laptop that is gone can be signed out. */
export function DevicesScreen() {
  const { t } = useTranslation('devices')
  const devices = useQuery(api.devices.list.queryOptions({ refetchInterval: 10_000 }))
  const [asked, setAsked] = useState<Device | null>(null)
  const end = useEndDevice(asked?.userName, () => setAsked(null))
  const close = () => {
    setAsked(null)
    end.reset()
  }
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} back={<BackLink to="/team">{t('back')}</BackLink>} />
      {devices.isPending && <LoadingRows count={3} />}
      {devices.isError && <ErrorState error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.data?.length === 0 && (
        <EmptyState icon={IconDevices} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {devices.data && devices.data.length > 0 && (
        <RowList>
          {devices.data.map((device) => (
            <DeviceRow key={device.sessionId} device={device} onEnd={() => setAsked(device)} />
          ))}
        </RowList>
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('question', { name: asked?.userName })}
        confirmLabel={t('end')}
        isDangerous
        isBusy={end.isPending}
        error={end.error}
        onConfirm={() => asked && end.mutate({ sessionId: asked.sessionId })}
        onCancel={close}
      >
        {asked && t(`consequence.${asked.kind}`, { name: asked.userName })}
      </ConfirmDialog>
    </Page>
  )
}

function useEndDevice(name: string | undefined, onEnded: () => void) {
  const { t } = useTranslation('devices')
  const queryClient = useQueryClient()
  return useMutation(
    api.devices.end.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.devices.key() })
        toast(t('ended', { name }))
        onEnded()
      },
    }),
  )
}

const icons = { user: IconUser, kiosk: IconDeviceDesktop, room: IconDeviceMobile }

function DeviceRow({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const { t } = useTranslation('devices')
  const Icon = icons[device.kind]
  const name = device.deviceName ?? deviceWords(device.userAgent)
  return (
    <GridRow columns={classes.columns ?? ''}>
      <span className={classes.icon}>
        <Icon size={22} stroke={1.5} aria-hidden />
      </span>
      <Words
        name={
          <>
            <bdi>{device.userName}</bdi> {device.isThis && <Remark>{t('this')}</Remark>}
          </>
        }
        facts={[
          <>
            {t(`kind.${device.kind}`)}
            {device.learnerName && <bdi> · {t('learner', { name: device.learnerName })}</bdi>}
          </>,
        ]}
      />
      <Words
        isQuiet
        name={<bdi>{name || t('unknown')}</bdi>}
        facts={[<bdi key="address">{isThisComputer(device.ipAddress) ? t('here') : device.ipAddress}</bdi>]}
      />
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('lastActive', { when: formatMoment(device.lastActivity ?? device.since) })}
      </Text>
      <Button
        variant="default"
        size="xs"
        disabled={device.isThis}
        aria-label={t('endOf', { name: device.userName })}
        onClick={onEnd}
      >
        {t('end')}
      </Button>
    </GridRow>
  )
}

function isThisComputer(address: string): boolean {
  return address === '' || address === '::1' || address.startsWith('127.')
}
