import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import * as z from 'zod'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'
import type { Electron } from './electron.ts'

export const smallestSize = { width: 480, height: 400 }
const usualSize = { width: 1280, height: 800 }

const Place = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
})
export type Place = z.infer<typeof Place>

/** Where the window was, moved and shrunk onto a screen that is there now; without a memory, only its size. */
export function rememberedPlace({ screen }: Pick<Electron, 'screen'>, file: string): Partial<Place> {
  const place = readPlace(file)
  if (!place) return usualSize
  return { ...within(place, screen.getDisplayMatching(place).workArea), isMaximized: place.isMaximized }
}

export function rememberPlace(window: BrowserWindow, file: string) {
  window.on('close', () => {
    const place: Place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(`${file}.new`, JSON.stringify(place))
      renameSync(`${file}.new`, file)
    } catch (error) {
      // A window that opens elsewhere next time is no reason to keep it from closing.
      console.warn('The place of the window could not be kept:', describeError(error))
    }
  })
}

function readPlace(file: string): Place | undefined {
  try {
    return Place.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function within(wanted: Rectangle, area: Rectangle): Rectangle {
  const width = clamp(wanted.width, smallestSize.width, area.width)
  const height = clamp(wanted.height, smallestSize.height, area.height)
  return {
    width,
    height,
    x: clamp(wanted.x, area.x, area.x + area.width - width),
    y: clamp(wanted.y, area.y, area.y + area.height - height),
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
