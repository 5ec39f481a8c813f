import type { ReactNode } from 'react'
import type { Beneficiary } from '../../../shared/contract/beneficiaries.ts'
import { PersonEditorFoot } from './PersonEditorFoot.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonStatus } from './PersonStatus.tsx'
import { usePersonEditor } from './use-person-editor.ts'

interface PersonEditorProps {
  person: Beneficiary
  /** Every field there is, as on the page of the file; the panel beside the list has those of every day. */
  isWhole?: boolean
  /** Between the status and the fields. */
  head: ReactNode
}

/** What is written down of a person, to be changed and saved. */
export function PersonEditor({ person, isWhole = false, head }: PersonEditorProps) {
  const editing = usePersonEditor(person)
  const trainer =
    person.trainerId && person.trainerName ? { id: person.trainerId, name: person.trainerName } : undefined
  return (
    <PersonForm
      form={editing.form}
      isWhole={isWhole}
      trainer={trainer}
      onSubmit={editing.submit}
      head={
        <>
          <PersonStatus person={person} isInFile={isWhole} onChanged={editing.loadNewest} />
          {head}
        </>
      }
      foot={<PersonEditorFoot person={person} editing={editing} />}
    />
  )
}
