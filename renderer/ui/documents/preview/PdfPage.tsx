import { useIntersection } from '@mantine/hooks'
import { type PDFDocumentProxy, type PDFPageProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './PdfView.module.css'
import { usePdfPage } from './use-pdf.ts'

interface PdfPageProps {
  pdf: PDFDocumentProxy
  number: number
  /** In pixels of the screen. */
  width: number
}

/** Of paper; until a page is known. */
const usualShape = Math.SQRT2
/** No page is longer than so many times its width. */
const longestShape = 8

/** One page: empty while it is out of sight, so that a long file needs no more memory than a short one. */
export function PdfPage({ pdf, number, width }: PdfPageProps) {
  const { t } = useTranslation('documents')
  const { ref, entry } = useIntersection({ rootMargin: '400px 0px' })
  const isNear = entry?.isIntersecting ?? false
  const { value: page, error } = usePdfPage(pdf, number, isNear)
  const own = page?.getViewport({ scale: 1 })
  const shape = own ? Math.min(longestShape, own.height / own.width) : usualShape
  return (
    <div ref={ref} className={classes.page} style={{ width, height: width * shape }}>
      {error !== null && <p className={classes.broken}>{t('preview.brokenPage')}</p>}
      {page && own && isNear && <Drawn page={page} scale={width / own.width} />}
    </div>
  )
}

/** What a canvas may hold, so that a page of any size leaves the device its memory. */
const mostPixels = 12_000_000

function Drawn({ page, scale }: { page: PDFPageProxy; scale: number }) {
  const { t } = useTranslation('documents')
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    if (!canvas.current || !text.current) return
    const layer = text.current
    const viewport = page.getViewport({ scale })
    layer.style.setProperty('--total-scale-factor', String(scale))
    const drawing = page.render({ canvas: canvas.current, viewport: sharp(page, scale) })
    const letters = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport })
    let isOver = false
    const fail = () => {
      if (!isOver) setBroken(true)
    }
    drawing.promise.catch(fail)
    letters.render().catch(() => {})
    return () => {
      isOver = true
      drawing.cancel()
      letters.cancel()
      layer.replaceChildren()
    }
  }, [page, scale])
  const { width, height } = sharp(page, scale)
  if (isBroken) return <p className={classes.broken}>{t('preview.brokenPage')}</p>
  return (
    <>
      <canvas
        ref={canvas}
        className={classes.canvas}
        width={Math.floor(width)}
        height={Math.floor(height)}
        aria-hidden
      />
      <div ref={text} className={classes.letters} />
    </>
  )
}

/** The page in the pixels of the device, or in fewer where these are too many. */
function sharp(page: PDFPageProxy, scale: number) {
  const { width, height } = page.getViewport({ scale })
  return page.getViewport({
    scale: scale * Math.min(window.devicePixelRatio, Math.sqrt(mostPixels / (width * height))),
  })
}
