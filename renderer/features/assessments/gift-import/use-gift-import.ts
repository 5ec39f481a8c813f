import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AssessmentFields } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { ImportedQuestion } from '../../../../shared/contract/imports.ts'
import { api, client } from '../../../lib/client.ts'
import { type DecodedText, decodeText, type LegacyEncoding } from './decode-text.ts'

export interface GiftSource {
  /** Of the file; null for text that was pasted. */
  name: string | null
  bytes: Uint8Array<ArrayBuffer>
}

/** Largest file in bytes; the core reads at most two million letters. */
export const maxFileBytes = 4_000_000

/** From a file to its questions: read first, which changes nothing, then bring in what was ticked. */
export function useGiftImport(into: { id: Id } | undefined) {
  const queryClient = useQueryClient()
  const [source, setSource] = useState<(GiftSource & Omit<DecodedText, 'text'>) | null>(null)
  const [newId, setNewId] = useState<Id | null>(null)
  const reading = useMutation(api.imports.readGift.mutationOptions())
  const importing = useMutation({
    networkMode: 'always',
    /** A second try after a failure goes on with the assessment that the first one has made. */
    mutationFn: async ({ title, questions }: { title: string; questions: readonly ImportedQuestion[] }) => {
      const id = into?.id ?? newId ?? (await create(title))
      setNewId(id)
      await client.assessments.addQuestions({ id, questions: questions.map(({ question }) => question) })
      return { id }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.assessments.key() }),
  })

  const read = (next: GiftSource, legacy?: LegacyEncoding) => {
    const { text, guessed } = decodeText(next.bytes, legacy)
    setSource({ ...next, guessed })
    reading.mutate({ text })
  }
  const startOver = () => {
    setSource(null)
    reading.reset()
    importing.reset()
  }
  return { source, reading, importing, read, startOver }
}

async function create(title: string): Promise<Id> {
  const { id } = await client.assessments.create(AssessmentFields.parse({ title, type: 'formative' }))
  return id
}
