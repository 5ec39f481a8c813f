import { expect, it } from 'vitest'
import { piecesOf } from '../../../renderer/features/appointments/lanes.ts'
import { addDays, daysShown, shiftTime, step } from '../../../renderer/lib/calendar-days.ts'
import { fromLocalTime } from '../../../renderer/lib/local-time.ts'

const at = (local: string) => fromLocalTime(local) ?? ''
const row = (id: number, start: string, end: string) => ({ id, startTime: at(start), endTime: at(end) })
const days = ['2026-03-02', '2026-03-03']

it('puts appointments side by side only while they overlap', () => {
  const pieces = piecesOf(
    [
      row(1, '2026-03-02T09:00', '2026-03-02T11:00'),
      row(2, '2026-03-02T10:00', '2026-03-02T12:00'),
      row(3, '2026-03-02T11:00', '2026-03-02T11:30'),
      row(4, '2026-03-02T12:00', '2026-03-02T13:00'),
    ],
    days,
  )
  expect(pieces.map(({ row: { id }, lane, lanes }) => [id, lane, lanes])).toEqual([
    [1, 0, 2],
    [2, 1, 2],
    [3, 0, 2],
    [4, 0, 1],
  ])
})

it('cuts what goes over midnight, and lets it be taken at its beginning and made longer at its end', () => {
  const pieces = piecesOf([row(1, '2026-03-02T22:00', '2026-03-03T01:30')], days)
  expect(pieces).toMatchObject([
    { column: 0, begin: 1320, end: 1440, isFirst: true, isLast: false },
    { column: 1, begin: 0, end: 90, isFirst: false, isLast: true },
  ])
  expect(piecesOf([row(1, '2026-03-01T22:00', '2026-03-02T00:00')], days)).toEqual([])
})

it('begins weeks and months where the language does', () => {
  expect(daysShown('week', '2026-11-26', 'fr')[0]).toBe('2026-11-23')
  expect(daysShown('week', '2026-11-26', 'ar')[0]).toBe('2026-11-21')
  expect(daysShown('week', '2026-11-22', 'en')[0]).toBe('2026-11-16')
  const month = daysShown('month', '2026-11-26', 'en')
  expect([month[0], month.at(-1), month.length]).toEqual(['2026-10-26', '2026-12-06', 42])
  expect(daysShown('month', '2027-02-10', 'en')).toHaveLength(28)
})

it('goes on by what is shown, without losing a short month', () => {
  expect(step('month', '2026-01-31', 1)).toBe('2026-02-01')
  expect(step('week', '2026-12-30', 1)).toBe('2027-01-06')
  expect(step('day', '2026-03-01', -1)).toBe('2026-02-28')
})

it('counts every day once and keeps the hour on the wall over a whole year, whatever the clocks do', () => {
  let day = '2026-01-01'
  for (let count = 0; count < 365; count += 1) {
    const ten = at(`${day}T10:00`)
    const next = addDays(day, 1)
    expect(next > day).toBe(true)
    expect(shiftTime(ten, { days: 1 })).toBe(at(`${next}T10:00`))
    day = next
  }
  expect(day).toBe('2027-01-01')
})
