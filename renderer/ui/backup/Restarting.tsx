import { Group, Loader, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isThere } from '../../lib/is-there.ts'

/** The shell opens a new window; a browser asks until the program is there again. */
export function Restarting() {
  const { t } = useTranslation('backups')
  useEffect(() => {
    if ('bdcShell' in window) return
    const timer = setInterval(() => {
      void isThere().then((is) => {
        if (is) window.location.replace('/')
      })
    }, 1_000)
    return () => clearInterval(timer)
  }, [])
  return <Waiting text={t('restore.restarting')} />
}

export function Waiting({ text }: { text: string }) {
  return (
    <Group gap="md" role="status" wrap="nowrap">
      <Loader size="sm" />
      <Text>{text}</Text>
    </Group>
  )
}
