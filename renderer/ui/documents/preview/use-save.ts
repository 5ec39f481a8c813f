import { useState } from 'react'
import { safeFileName } from '../../../../shared/file-name.ts'
import { saveBlob } from '../../../lib/save-file.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { blobOf, type DocumentContent, readDocument } from './read-document.ts'

/** Above this a file is written as it comes, where the browser can, so that it is never in memory as a whole. */
const inMemoryBytes = 64 * 1024 ** 2

type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>

/** Saves a document as a file under a name that nothing runs. */
export function useSave() {
  const [share, setShare] = useState(0)
  const save = useMutation({
    async mutationFn({ filename, size, ...content }: DocumentContent & { filename: string; size: number }) {
      setShare(0)
      const picker = (window as Window & { showSaveFilePicker?: Picker }).showSaveFilePicker
      if (size <= inMemoryBytes || !picker) {
        return saveBlob(filename, await blobOf(content, 'application/octet-stream', { onProgress: setShare }))
      }
      const handle = await picker.call(window, { suggestedName: safeFileName(filename) })
      const target = await handle.createWritable()
      for await (const part of readDocument(content, { onProgress: setShare })) await target.write(part)
      await target.close()
    },
    onError(error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) toastProblem(error)
    },
  })
  return { save, share }
}
