import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { api, client } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { type UploadJob, UploadsContext } from './jobs.ts'
import { sendFile, type UploadPlace } from './send-file.ts'
import { UploadTray } from './UploadTray.tsx'

interface Waiting {
  id: number
  file: File
  place: UploadPlace
  stop: AbortController
}

/** Files go on being sent while somebody moves between pages; what was on its way when the window closed is on the list. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const [jobs, setJobs] = useState<readonly UploadJob[]>([])
  const files = useRef(new Map<number, Waiting>())
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const number = useRef(0)

  useEffect(() => {
    const all = files.current
    return () => {
      for (const { stop } of all.values()) stop.abort()
    }
  }, [])

  const uploads = useMemo(() => {
    const patch = (id: number, part: Partial<UploadJob>) =>
      setJobs((before) => before.map((job) => (job.id === id ? { ...job, ...part } : job)))
    const refresh = () => void queryClient.invalidateQueries({ queryKey: api.documents.key() })

    async function send({ id, file, place, stop }: Waiting) {
      if (stop.signal.aborted) return
      try {
        await sendFile(file, place, {
          signal: stop.signal,
          onProgress: (share) => patch(id, { share }),
          onBegun: (uploadId) => patch(id, { uploadId }),
        })
        patch(id, { state: 'done', share: 1 })
        files.current.delete(id)
      } catch (error) {
        if (!stop.signal.aborted) patch(id, { state: 'stopped', error })
      }
      refresh()
    }
    function enqueue(waiting: Waiting) {
      files.current.set(waiting.id, waiting)
      line.current = line.current.then(() => send(waiting))
    }
    async function discard(uploadId: string) {
      try {
        await client.documents.cancelUpload({ uploadId })
      } catch (error) {
        toastProblem(error)
      }
      refresh()
    }
    return {
      add(chosen: readonly File[], place: UploadPlace) {
        const waiting = chosen.map((file) => ({ id: ++number.current, file, place, stop: new AbortController() }))
        const begun = waiting.map(({ id, file }) => ({ id, name: file.name, share: 0, state: 'sending' as const }))
        setJobs((before) => [...before, ...begun])
        for (const one of waiting) enqueue(one)
      },
      again(id: number) {
        const stopped = files.current.get(id)
        if (!stopped) return
        patch(id, { state: 'sending', error: undefined })
        enqueue({ ...stopped, stop: new AbortController() })
      },
      cancel(job: UploadJob) {
        files.current.get(job.id)?.stop.abort()
        files.current.delete(job.id)
        setJobs((before) => before.filter(({ id }) => id !== job.id))
        if (job.uploadId !== undefined) void discard(job.uploadId)
      },
      clear: () => setJobs((before) => before.filter(({ state }) => state === 'sending')),
    }
  }, [queryClient])

  return (
    <UploadsContext.Provider value={useMemo(() => ({ ...uploads, jobs }), [uploads, jobs])}>
      {children}
      <UploadTray />
    </UploadsContext.Provider>
  )
}
