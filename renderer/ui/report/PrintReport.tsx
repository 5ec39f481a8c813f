import { Button, SegmentedControl } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type PaperSize, paperSizes } from '../../lib/paper-size.ts'

interface Props {
  paper: PaperSize
  onPaper: (paper: PaperSize) => void
}

/** Prints what is on the screen, or makes a PDF of it. */
export function PrintReport({ paper, onPaper }: Props) {
  const { t } = useTranslation('print')
  return (
    <>
      <SegmentedControl
        aria-label={t('paper')}
        data={paperSizes.map((value) => ({ value, label: t(`size.${value}`) }))}
        value={paper}
        onChange={onPaper}
      />
      <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
        {t('print')}
      </Button>
    </>
  )
}
