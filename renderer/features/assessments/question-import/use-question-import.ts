import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AssessmentFields } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { FileFormat, ImportedQuestion, LegacyEncoding } from '../../../../shared/contract/imports.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { base64Of } from '../../../lib/base64.ts'
import { api, client } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

/** A file, or text that was pasted. */
export type QuestionSource = { name: string; bytes: Uint8Array<ArrayBuffer> } | { name: null; text: string }

/** What the file does not say well enough, and somebody does. */
export interface ReadAs {
  format?: FileFormat
  encoding?: LegacyEncoding
}

/** Where the questions go: into a draft, into the bank, or into an assessment of their own. */
export type ImportTarget = { draft: { id: Id; title: string } } | 'bank' | 'newAssessment'

/** Largest file in bytes; of pasted text the core takes at most two million letters. */
export const maxFileBytes = 16_000_000

/** From a file to its questions: read first, which changes nothing, then bring in what was ticked. */
export function useQuestionImport(target: ImportTarget) {
  const queryClient = useQueryClient()
  const [source, setSource] = useState<{ source: QuestionSource; as: ReadAs } | null>(null)
  const [newId, setNewId] = useState<Id | null>(null)
  const reading = useMutation({ networkMode: 'always', mutationFn: readQuestions })
  const importing = useMutation({
    networkMode: 'always',
    /** A second try after a failure goes on with the assessment that the first one has made. */
    mutationFn: async ({ title, questions }: { title: string; questions: readonly ImportedQuestion[] }) => {
      const bare = questions.map(({ question }) => question)
      await storePictures(bare, reading.data?.pictures ?? [])
      if (target === 'bank') {
        await client.bank.add({ questions: bare })
        return { id: null }
      }
      const id = target === 'newAssessment' ? (newId ?? (await create(title))) : target.draft.id
      setNewId(id)
      await client.assessments.addQuestions({ id, questions: bare })
      return { id }
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
      await queryClient.invalidateQueries({ queryKey: api.bank.key() })
    },
  })

  const read = (next: QuestionSource, as: ReadAs = {}) => {
    setSource({ source: next, as })
    importing.reset()
    reading.mutate({ source: next, as })
  }
  const readAs = (as: ReadAs) => {
    if (source) read(source.source, { ...source.as, ...as })
  }
  const startOver = () => {
    setSource(null)
    reading.reset()
    importing.reset()
  }
  return { source: source?.source ?? null, reading, importing, read, readAs, startOver }
}

async function readQuestions({ source, as }: { source: QuestionSource; as: ReadAs }) {
  if (source.name === null) return client.imports.readText({ text: source.text, format: as.format })
  const base64 = await base64Of(new Blob([source.bytes]))
  return client.imports.readFile({ base64, fileName: source.name.slice(-500), ...as })
}

/** Those that the chosen questions show, before the questions themselves. */
async function storePictures(questions: readonly Question[], pictures: { image: string; base64: string }[]) {
  const shown = new Set(questions.flatMap(picturesOf))
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
