import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './DropArea.module.css'
import { useUploads } from './jobs.ts'
import type { UploadPlace } from './send-file.ts'

/** Takes files that are dropped onto it; the buttons do the same without a mouse. */
export function DropArea({ place, children }: { place: UploadPlace; children: ReactNode }) {
  const { t } = useTranslation('documents')
  const { add } = useUploads()
  const [isOver, setOver] = useState(false)
  function over(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  function drop(event: DragEvent) {
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    event.preventDefault()
    add(files, place)
  }
  return (
    <div className={classes.area} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      {children}
      {isOver && <div className={classes.hint}>{t('drop')}</div>}
    </div>
  )
}
