import { Worker } from 'node:worker_threads'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
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
  const written = answerOf(writer)
  try {
    await Promise.race([written, tell(writer, source)])
    writer.postMessage({ write: how } satisfies ToWriter)
    // It has nothing more to do then and ends by itself: only one that is in the middle of something is ended.
    return await written
  } catch (error) {
    await writer.terminate()
    throw error
  }
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

function answerOf(writer: Worker): Promise<WrittenFile> {
  const answer = Promise.withResolvers<WrittenFile>()
  writer.once('message', answer.resolve)
  writer.once('error', answer.reject)
  writer.once('exit', (code) => answer.reject(new Error(`The writing of questions ended with ${code}.`)))
  // Whoever waits hears of it; nobody does while the questions are still being read.
  answer.promise.catch(() => {})
  return answer.promise
}
