import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { squareJpeg } from '../support/pictures.ts'
import type { Screen } from './screen.ts'

type Call = <Answer = unknown>(page: Screen['page'], procedure: string, input: unknown) => Promise<Answer>

/** What is pressed to open something, in the language of the screen. */
function wordsIn(language: string) {
  return (namespace: string, key: string): string => {
    const place = join(import.meta.dirname, `../../renderer/locales/${language.slice(0, 2)}/${namespace}.json`)
    const found = key
      .split('.')
      .reduce((node: unknown, part) => Object(node)[part], JSON.parse(readFileSync(place, 'utf8')))
    return String(found)
  }
}

/** What opens over the screens of a trainer, or only where something is there: how to get to each, by name. */
export async function whatOpens({ page }: Screen, call: Call, language: string) {
  const words = wordsIn(language)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  const go = async (address: string) => {
    // Nothing lies over the next screen, also where it is the same one.
    for (let tries = 0; tries < 10 && (await dialog.count()) > 0; tries++) {
      await page.keyboard.press('Escape')
      await page.waitForTimeout(150)
    }
    await page.goto(`${new URL(page.url()).origin}/#${address}`)
  }
  const open = async (address: string, name: string) => {
    await go(address)
    await press(name)
    await dialog.last().waitFor()
  }
  const { name } = await call<{ name: string }>(page, 'beneficiaries/get', { id: 1 })
  const photo = words('file', 'photo.of').replace('{{name}}', name)
  const seriesId = await seriesOf(page, call)
  const pdfId = await pdfOf(page, call)
  return {
    photo: () => open('/beneficiaries/1/file', photo),
    'photo-cut': async () => {
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: squareJpeg })
      await dialog.locator('canvas').waitFor()
    },
    link: () => open('/beneficiaries/1/file', words('file', 'links.add')),
    'status-history': () => open('/beneficiaries/1/file', words('beneficiaries', 'statusHistory')),
    attendance: async () => {
      await go('/calendar/1')
      await page
        .getByRole('list')
        .getByRole('button', { name: words('appointments', 'attendance.present') })
        .waitFor()
    },
    reach: () => open(`/calendar/${seriesId}?occurrence=0`, words('appointments', 'remove')),
    'calendar-trash': async () => {
      await go('/calendar')
      await press(words('common', 'action.more'))
      await page.getByRole('menuitem', { name: words('appointments', 'trash.open') }).click()
      await dialog.last().waitFor()
    },
    'busy-menu': async () => {
      // No other calendar is needed to see how its menu looks.
      await page.route('**/rpc/calendarAccounts/busy', (route) => route.fulfill({ json: { json: [takenElsewhere()] } }))
      await go('/calendar?view=day')
      await page.locator(`[title*="${takenElsewhere().title}"]`).first().press('Enter')
      await page.getByRole('menuitem').first().waitFor()
    },
    pdf: async () => {
      await go(`/documents/${pdfId}`)
      await page.locator('canvas').first().waitFor()
    },
  }
}

function takenElsewhere() {
  const [startTime, endTime] = [10, 11].map((hour) => new Date(new Date().setHours(hour, 0, 0, 0)).toISOString())
  const event = { accountId: 1, href: '/dentist.ics', calendarName: 'عمل Work', repeats: true, isKeepable: false }
  return { ...event, title: 'Dentist with a long name', startTime, endTime }
}

async function seriesOf(page: Screen['page'], call: Call): Promise<number> {
  const recurrence = { rule: 'FREQ=DAILY;COUNT=3', timeZone: 'Europe/Paris' }
  const [startTime, endTime] = ['2026-01-05T09:00:00.000Z', '2026-01-05T10:00:00.000Z']
  const fields = { title: 'Reading', startTime, endTime, recurrence, beneficiaryId: 1 }
  return (await call<{ id: number }>(page, 'appointments/create', fields)).id
}

async function pdfOf(page: Screen['page'], call: Call): Promise<number> {
  const bytes = Buffer.from(await page.pdf({ format: 'A6' }))
  const about = { filename: 'Screen.pdf', size: bytes.length }
  const { uploadId } = await call<{ uploadId: string }>(page, 'documents/beginUpload', about)
  const half = 512 * 1024
  for (let position = 0; position * half < bytes.length; position++) {
    const base64 = bytes.subarray(position * half, (position + 1) * half).toString('base64')
    await call(page, 'documents/sendPiece', { uploadId, position, base64 })
  }
  return (await call<{ id: number }>(page, 'documents/finishUpload', { uploadId })).id
}
