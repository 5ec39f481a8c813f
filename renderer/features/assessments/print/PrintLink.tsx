import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'

export function PrintLink({ id }: { id: Id }) {
  const { t } = useTranslation('print')
  return (
    <ButtonLink
      to="/assessments/$id/print"
      params={{ id }}
      variant="default"
      leftSection={<IconPrinter size={18} aria-hidden />}
    >
      {t('print')}
    </ButtonLink>
  )
}
