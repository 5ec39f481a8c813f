import { Worker } from 'node:worker_threads'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { answerOf } from '../../answering-thread.ts'
import { type ToWriter, type WrittenFile, writerMark } from './writer-thread.ts'

/** Where questions and their pictures come from, some at a time, so that nobody else waits for the reading either. */
export interface Source {
  questions: AsyncIterable<Question[]>
  bytesOf: (image: string) => Promise<Uint8Array | undefined>
  imagesIn: (question: Question) => string[]
}

/** Writes the file in a thread of its own: five thousand questions take a second. From a bundle the thread is a file beside it. */
export async function writeElsewhere(source: Source, how: { format: ExportFormat; language: SheetLanguage }) {
  const isBundled = !import.meta.url.endsWith('.ts')
  const place = new URL(isBundled ? './export-writer.js' : './writer-thread.ts', import.meta.url)
  const writer = new Worker(place, { workerData: writerMark, stdin: false })
  return answerOf<WrittenFile>(writer, async () => {
    await tell(writer, source)
    writer.postMessage({ write: how } satisfies ToWriter)
  })
}

async function tell(writer: Worker, { questions, bytesOf, imagesIn }: Source) {
  const known = new Set<string>()
  for await (const some of questions) {
    writer.postMessage({ questions: some } satisfies ToWriter)
    for (const image of new Set(some.flatMap(imagesIn))) {
      if (known.has(image)) continue
      known.add(image)
      const bytes = await bytesOf(image)
      if (bytes) writer.postMessage({ image, bytes } satisfies ToWriter)
    }
  }
}
