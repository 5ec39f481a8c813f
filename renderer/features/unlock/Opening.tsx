import { Group, Loader, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isThere } from '../../lib/is-there.ts'

/** How often the page asks whether the product is there. */
const everyMs = 300

/** From the right key to the first screen. The shell shows that by itself; a browser has to ask for it. */
export function Opening() {
  const { t } = useTranslation('unlock')
  useEffect(() => {
    if ('bdcShell' in window) return
    const timer = setInterval(() => {
      void isThere().then((is) => {
        if (is) window.location.reload()
      })
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <Group gap="md" role="status" wrap="nowrap">
      <Loader size="sm" />
      <Text>{t('opening')}</Text>
    </Group>
  )
}
