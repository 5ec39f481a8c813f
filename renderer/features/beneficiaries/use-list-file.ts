import { useState } from 'react'
import { type SheetFormat, sheetFormats } from '../../../shared/contract/activity.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { client } from '../../lib/client.ts'
import { saveFile } from '../../lib/save-file.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'
import { useExportColumns } from './use-export-columns.ts'

/** Whom the filters show: all of them, some, or all but some. */
export type People = BeneficiaryFilter & { ids?: Id[]; except?: Id[] }

/** The list as a file: saved as it is, or sealed with a passphrase. */
export function useListFile(people: People, labelOf: (format: SheetFormat) => string) {
  const columns = useExportColumns()
  const [isSealing, setSealing] = useState(false)
  const ask = (format: SheetFormat) => client.beneficiaries.export({ ...people, format, columns })
  const save = useMutation({ mutationFn: ask, onSuccess: saveFile, onError: toastProblem })
  return {
    formats: sheetFormats.map((value) => ({ value, label: labelOf(value) })),
    ask,
    save: save.mutate,
    isSaving: save.isPending,
    isSealing,
    seal: () => setSealing(true),
    leaveSealing: () => setSealing(false),
  }
}

export type ListFile = ReturnType<typeof useListFile>
