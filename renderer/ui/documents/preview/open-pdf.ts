import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&url'

interface OpenPdf {
  pdf: PDFDocumentProxy
  close(): void
}

/** A file that takes longer to be understood was made to take long. */
const mostMs = 20_000

/**
 * Reads a PDF in a worker of its own, which ends with the view: whatever a file makes it do, it does nowhere else. Nothing
 * in the file runs: no script, no form of XFA, no compiled function.
 */
export async function openPdf(blob: Blob): Promise<OpenPdf> {
  const port = new Worker(workerAddress, { type: 'module' })
  try {
    const data = new Uint8Array(await blob.arrayBuffer())
    const worker = PDFWorker.create({ port })
    const task = getDocument({ data, worker, isEvalSupported: false, useWasm: false, enableXfa: false, verbosity: 0 })
    return { pdf: await inTime(task.promise), close: () => port.terminate() }
  } catch (error) {
    port.terminate()
    throw error
  }
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<Value>()
  const timer = setTimeout(() => late.reject(new Error('The file took too long to open.')), mostMs)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
