import { describe, expect, it } from 'vitest'
import { isQuiet } from '../../renderer/ui/news/quiet-hours.ts'

const at = (time: string) => new Date(`2026-03-01T${time}:00`)

describe('quiet hours', () => {
  it.each([
    ['21:00', '07:00', '20:59', false],
    ['21:00', '07:00', '21:00', true],
    ['21:00', '07:00', '00:30', true],
    ['21:00', '07:00', '07:00', false],
    ['12:00', '14:00', '13:59', true],
    ['12:00', '14:00', '14:00', false],
    ['12:00', '12:00', '12:00', false],
  ])('from %s until %s: at %s %s', (from, until, time, told) => {
    expect(isQuiet({ from, until }, at(time))).toBe(told)
  })

  it('are never where nobody has set them', () => {
    expect(isQuiet(null, at('03:00'))).toBe(false)
  })
})
