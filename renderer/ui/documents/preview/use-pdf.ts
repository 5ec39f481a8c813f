import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useState } from 'react'
import { openPdf } from './open-pdf.ts'

interface Coming<Value> {
  value: Value | null
  error: unknown
}

const nothing = { value: null, error: null }

/** The opened file, which is closed with the view. */
export function usePdf(blob: Blob): Coming<PDFDocumentProxy> {
  const [coming, setComing] = useState<Coming<PDFDocumentProxy>>(nothing)
  useEffect(() => {
    const opening = openPdf(blob)
    let isOver = false
    opening.then(
      ({ pdf }) => !isOver && setComing({ value: pdf, error: null }),
      (error: unknown) => !isOver && setComing({ value: null, error }),
    )
    return () => {
      isOver = true
      void opening.then(({ close }) => close()).catch(() => undefined)
    }
  }, [blob])
  return coming
}

/** One page, once it is wanted; it stays known when it is out of sight again. */
export function usePdfPage(pdf: PDFDocumentProxy, number: number, isWanted: boolean): Coming<PDFPageProxy> {
  const [coming, setComing] = useState<Coming<PDFPageProxy>>(nothing)
  const isOpen = isWanted && coming.value === null && coming.error === null
  useEffect(() => {
    if (!isOpen) return
    let isOver = false
    pdf.getPage(number).then(
      (page) => !isOver && setComing({ value: page, error: null }),
      (error: unknown) => !isOver && setComing({ value: null, error }),
    )
    return () => {
      isOver = true
    }
  }, [pdf, number, isOpen])
  return coming
}
