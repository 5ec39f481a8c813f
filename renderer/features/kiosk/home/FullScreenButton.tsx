import { ActionIcon, Tooltip } from '@mantine/core'
import { useFullscreenDocument } from '@mantine/hooks'
import { IconMaximize, IconMinimize } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** For a kiosk in a browser; the desktop program holds the whole screen by itself. */
export function FullScreenButton() {
  const { t } = useTranslation('entry')
  const { toggle, fullscreen } = useFullscreenDocument()
  if ('bdcShell' in window || !document.fullscreenEnabled) return null
  const label = t(fullscreen ? 'screen.leaveFull' : 'screen.full')
  const Icon = fullscreen ? IconMinimize : IconMaximize
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" c="inherit" size="lg" aria-label={label} onClick={() => void toggle()}>
        <Icon size={20} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
