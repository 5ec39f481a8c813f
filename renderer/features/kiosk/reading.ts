import { useSyncExternalStore } from 'react'
import * as z from 'zod'
import { createStore } from 'zustand/vanilla'

export const contrasts = ['normal', 'high', 'yellow'] as const

/** Percent of the ordinary size of text. */
export const smallestZoom = 100
export const largestZoom = 200
export const zoomStep = 25
/** From here on the bars of a phone no longer stay in sight. */
const largeText = 150

const Reading = z.object({
  zoom: z.int().min(smallestZoom).max(largestZoom).catch(smallestZoom),
  contrast: z.enum(contrasts).catch('normal'),
})
type Reading = z.infer<typeof Reading>

const storageKey = 'bdc.reading'

function kept(): Reading {
  try {
    return Reading.parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'))
  } catch {
    return Reading.parse({})
  }
}

const store = createStore<Reading>(kept)

/** All sizes of the screens hang on that of the root. */
function apply({ zoom, contrast }: Reading) {
  const { documentElement } = document
  documentElement.style.fontSize = zoom === smallestZoom ? '' : `${zoom}%`
  if (zoom < largeText) delete documentElement.dataset.largeText
  else documentElement.dataset.largeText = ''
  if (contrast === 'normal') delete documentElement.dataset.contrast
  else documentElement.dataset.contrast = contrast
}

function change(part: Partial<Reading>) {
  store.setState(part)
  localStorage.setItem(storageKey, JSON.stringify(store.getState()))
  apply(store.getState())
}

/** How somebody reads best at this device: size of text and contrast. Takes effect while a learner's screen is open. */
export function useReading() {
  const reading = useSyncExternalStore(subscribe, store.getState)
  return {
    ...reading,
    setZoom: (zoom: number) => change({ zoom: Math.min(largestZoom, Math.max(smallestZoom, zoom)) }),
    setContrast: (contrast: Reading['contrast']) => change({ contrast }),
  }
}

function subscribe(listener: () => void) {
  apply(store.getState())
  const unsubscribe = store.subscribe(listener)
  return () => {
    unsubscribe()
    apply({ zoom: smallestZoom, contrast: 'normal' })
  }
}
