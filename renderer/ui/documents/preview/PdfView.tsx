import { ActionIcon, Group, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../../lib/format.ts'
import { LoadingRows } from '../../LoadingRows.tsx'
import { PdfPage } from './PdfPage.tsx'
import classes from './PdfView.module.css'
import { usePdf } from './use-pdf.ts'

/** Of a longer file the rest is read in another program. */
const mostPages = 500
const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

/** The pages of a PDF, drawn as they come into sight. */
export function PdfView({ blob, name }: { blob: Blob; name: string }) {
  const { t } = useTranslation('documents')
  const { value: pdf, error } = usePdf(blob)
  if (error !== null) {
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    return <Text c="var(--bdc-ink-soft)">{t(isLocked ? 'preview.locked' : 'preview.broken')}</Text>
  }
  if (pdf === null) return <LoadingRows count={2} />
  return <Pages pdf={pdf} name={name} />
}

function Pages({ pdf, name }: { pdf: PDFDocumentProxy; name: string }) {
  const { t } = useTranslation('documents')
  const { ref, width } = useElementSize()
  const [zoom, setZoom] = useState<number>(1)
  const count = pdf.numPages
  const step = (by: 1 | -1) => {
    const next = zooms[zooms.findIndex((one) => one === zoom) + by]
    if (next) setZoom(next)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' || event.key === '=') step(1)
    else if (event.key === '-') step(-1)
    else if (event.key === '0') setZoom(1)
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.view}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('preview.pages', { count })}</Text>
        <Group gap={4}>
          <ZoomButton
            icon={IconZoomOut}
            label={t('preview.smaller')}
            isOff={zoom === zooms[0]}
            onClick={() => step(-1)}
          />
          <span className={classes.zoom}>{formatPercent(zoom * 100)}</span>
          <ZoomButton
            icon={IconZoomIn}
            label={t('preview.larger')}
            isOff={zoom === zooms.at(-1)}
            onClick={() => step(1)}
          />
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={classes.pages} role="region" aria-label={name} tabIndex={0} onKeyDown={onKeyDown}>
        <div ref={ref} className={classes.stack}>
          {width > 0 &&
            Array.from({ length: Math.min(count, mostPages) }, (_, index) => (
              <PdfPage key={index} pdf={pdf} number={index + 1} width={width * zoom} />
            ))}
        </div>
      </div>
      {count > mostPages && <Text size="sm">{t('preview.cut', { count: mostPages })}</Text>}
    </div>
  )
}

interface ZoomButtonProps {
  icon: typeof IconZoomIn
  label: string
  isOff: boolean
  onClick: () => void
}

function ZoomButton({ icon: Icon, label, isOff, onClick }: ZoomButtonProps) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={label} disabled={isOff} onClick={onClick}>
      <Icon size={18} aria-hidden />
    </ActionIcon>
  )
}
