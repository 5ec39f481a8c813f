import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AssessmentFields } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { ImportedQuestion, QuestionFile } from '../../../../shared/contract/imports.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { api, client } from '../../../lib/client.ts'
import { base64Of } from '../questions/pictures/picture-file.ts'
import { type DecodedText, decodeText, type LegacyEncoding } from './decode-text.ts'

export interface GiftSource {
  /** Of the file; null for text that was pasted. */
  name: string | null
  bytes: Uint8Array<ArrayBuffer>
}

/** Largest file in bytes; of text the core reads at most two million letters. */
export const maxFileBytes = 16_000_000

/** From a file to its questions: read first, which changes nothing, then bring in what was ticked. */
export function useGiftImport(into: { id: Id } | undefined) {
  const queryClient = useQueryClient()
  const [source, setSource] = useState<(GiftSource & Omit<DecodedText, 'text'>) | null>(null)
  const [newId, setNewId] = useState<Id | null>(null)
  const reading = useMutation({ networkMode: 'always', mutationFn: readQuestions })
  const importing = useMutation({
    networkMode: 'always',
    /** A second try after a failure goes on with the assessment that the first one has made. */
    mutationFn: async ({ title, questions }: { title: string; questions: readonly ImportedQuestion[] }) => {
      const id = into?.id ?? newId ?? (await create(title))
      setNewId(id)
      await storePictures(questions, reading.data?.pictures ?? [])
      await client.assessments.addQuestions({ id, questions: questions.map(({ question }) => question) })
      return { id }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.assessments.key() }),
  })

  const read = (next: GiftSource, legacy?: LegacyEncoding) => {
    const { text, guessed } = decodeText(next.bytes, legacy)
    const isFile = isMarkedUp(text)
    setSource({ ...next, guessed: isFile ? null : guessed })
    reading.mutate(isFile ? { bytes: next.bytes } : { text })
  }
  const startOver = () => {
    setSource(null)
    reading.reset()
    importing.reset()
  }
  return { source, reading, importing, read, startOver }
}

/** A package is a ZIP archive; Moodle's XML and an item of QTI begin as all XML does. A question in GIFT begins with neither. */
function isMarkedUp(text: string): boolean {
  return text.startsWith('PK\u0003\u0004') || /^\s*<(?:\?xml|!--|quiz|assessmentItem|qti-)/.test(text)
}

interface ReadFile extends QuestionFile {
  pictures: { image: string; base64: string }[]
}

async function readQuestions(input: { text: string } | { bytes: Uint8Array<ArrayBuffer> }): Promise<ReadFile> {
  if ('bytes' in input) return client.imports.readFile({ base64: await base64Of(new Blob([input.bytes])) })
  return { ...(await client.imports.readGift(input)), pictures: [] }
}

/** Those that the chosen questions show, before the questions themselves. */
async function storePictures(questions: readonly ImportedQuestion[], pictures: ReadFile['pictures']) {
  const shown = new Set(questions.flatMap(({ question }) => picturesOf(question)))
  for (const { image, base64 } of pictures) {
    if (shown.has(image)) await client.documents.addPicture({ base64 })
  }
}

function picturesOf(question: Question): string[] {
  const options = question.type === 'multiple_choice' ? question.options.map(({ picture }) => picture) : []
  return [...(question.images ?? []), ...options].flatMap((picture) => picture?.image ?? [])
}

async function create(title: string): Promise<Id> {
  const { id } = await client.assessments.create(AssessmentFields.parse({ title, type: 'formative' }))
  return id
}
