import { Button } from '@mantine/core'
import { IconFlag, IconFlagFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { useSessionState, useSitting } from './session-context.ts'

/** Marks a question to come back to; the map of all questions shows the mark. */
export function FlagButton({ questionId }: { questionId: Id }) {
  const { t } = useTranslation('kiosk')
  const { session } = useSitting()
  const isFlagged = useSessionState((state) => state.flagged.includes(questionId))
  const Icon = isFlagged ? IconFlagFilled : IconFlag
  return (
    <Button
      size="md"
      variant={isFlagged ? 'light' : 'default'}
      color="saffron"
      aria-pressed={isFlagged}
      leftSection={<Icon size={20} aria-hidden />}
      onClick={() => session.flag(questionId, !isFlagged)}
    >
      {t(isFlagged ? 'flag.flagged' : 'flag.flag')}
    </Button>
  )
}
