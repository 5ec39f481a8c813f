import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ExportFormat, ExportLoss } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { writeQuestions } from './write-questions.ts'

/** What the thread is told, one after the other; `write` comes last. */
export type ToWriter =
  | { questions: Question[] }
  | { image: string; bytes: Uint8Array }
  | { write: { format: ExportFormat; language: SheetLanguage } }

export interface WrittenFile {
  base64: string
  losses: ExportLoss[]
}

/** What says that this thread was started to write, and not that some other one has loaded this file for its types. */
export const writerMark = 'bdc writes questions'

if (!isMainThread && workerData === writerMark) listen()

function listen() {
  const questions: Question[] = []
  const pictures = new Map<string, Uint8Array>()
  parentPort?.on('message', (told: ToWriter) => {
    if ('questions' in told) questions.push(...told.questions)
    else if ('image' in told) pictures.set(told.image, told.bytes)
    else void write(told.write)
  })

  async function write({ format, language }: { format: ExportFormat; language: SheetLanguage }) {
    const { bytes, losses } = await writeQuestions(questions, format, language, (image) => pictures.get(image))
    const file: WrittenFile = { base64: Buffer.from(bytes).toString('base64'), losses }
    parentPort?.postMessage(file)
    parentPort?.close()
  }
}
