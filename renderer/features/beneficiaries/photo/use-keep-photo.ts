import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api, client } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'

/** Keeps or removes the photo of a person, each with the way back. */
export function useKeepPhoto({ id, name, photo: before }: Beneficiary, onDone: () => void) {
  const { t } = useTranslation('file')
  const queryClient = useQueryClient()
  const beneficiaryId = id

  /** The form of the file may be half filled in, so nothing but the photo changes under it. */
  function show(photo: string | null) {
    const key = api.beneficiaries.get.queryKey({ input: { id } })
    queryClient.setQueryData(key, (person) => person && { ...person, photo })
    void queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() })
    void queryClient.invalidateQueries({ queryKey: api.beneficiaries.timeline.key() })
  }
  async function back() {
    await (before === null
      ? client.photos.remove({ beneficiaryId })
      : client.photos.putBack({ beneficiaryId, image: before }))
    show(before)
  }
  function done(photo: string | null, message: string) {
    show(photo)
    toastUndo(message, () => void back().catch(toastProblem))
    onDone()
  }
  const keep = useMutation({
    mutationFn: (base64: string) => client.photos.set({ beneficiaryId, base64 }),
    onSuccess: ({ image }) => done(image, t('photo.kept', { name })),
  })
  const remove = useMutation({
    mutationFn: () => client.photos.remove({ beneficiaryId }),
    onSuccess: () => done(null, t('photo.removed', { name })),
  })
  return { keep, remove }
}
