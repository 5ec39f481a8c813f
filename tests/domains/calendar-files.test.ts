import { describe, expect, it } from 'vitest'
import { readCalendar } from '../../main/domains/appointments/calendar-file/read.ts'
import { testApp } from '../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { inputs } from '../support/inputs.ts'
import { processorTime } from '../support/processor.ts'
import { refusalKey } from '../support/refusal.ts'

const span = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' }
const here = 'Europe/Paris'

const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']
const file = (...events: string[][]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR'].join('\r\n')
const start = 'DTSTART;TZID=Europe/Paris:20260302T100000'
const read = (...lines: string[]) => readCalendar(file(event('UID:a', ...lines)), here)
const timesOf = (...lines: string[]) => read(...lines).events.map(({ startTime, endTime }) => [startTime, endTime])

describe('a file of another calendar', () => {
  it.each([
    ['by the zone that it names', [start, 'DTEND;TZID=Europe/Paris:20260302T113000'], '09:00', '10:30'],
    [
      'by a zone as Windows calls it',
      ['DTSTART;TZID=Romance Standard Time:20260302T100000', 'DURATION:PT45M'],
      '09:00',
      '09:45',
    ],
    ['by UTC', ['DTSTART:20260302T100000Z', 'DURATION:PT2H'], '10:00', '12:00'],
    [
      'where no zone is named by that of this computer',
      ['DTSTART:20260302T100000', 'DTEND:20260302T103000'],
      '09:00',
      '09:30',
    ],
    ['without an end as long as usual', [start], '09:00', '10:00'],
  ])('is read %s', (_, lines, begins, ends) => {
    expect(timesOf(...lines)).toEqual([[`2026-03-02T${begins}:00.000Z`, `2026-03-02T${ends}:00.000Z`]])
  })

  it('is read with whole days, and with a zone that it brings along', () => {
    expect(timesOf('DTSTART;VALUE=DATE:20260302')).toEqual([['2026-03-01T23:00:00.000Z', '2026-03-02T23:00:00.000Z']])
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Ours',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0330',
      'TZOFFSETTO:+0330',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]
    const { events } = readCalendar(file(zone, event('UID:a', 'DTSTART;TZID=Ours:20260302T100000')), here)
    expect(events).toMatchObject([{ startTime: '2026-03-02T06:30:00.000Z' }])
  })

  it.each([
    ['noStart', ['SUMMARY:x']],
    ['badTime', ['DTSTART:99999999T999999Z']],
    ['unknownZone', ['DTSTART;TZID=Nowhere:20260302T100000']],
    ['endsTooEarly', [start, 'DTEND;TZID=Europe/Paris:20260302T100000']],
    ['tooLong', [start, 'DURATION:P8D']],
    ['badRule', [start, 'RRULE:FREQ=SECONDLY']],
    ['badRule', [start, 'RDATE:20260303T100000Z']],
    ['startOffRule', [start, 'RRULE:FREQ=WEEKLY;BYDAY=FR']],
    ['unreadable', ['no colon in here']],
  ])('is told of %s by its line, and the rest is read', (problem, lines) => {
    const good = event('UID:b', start)
    expect(readCalendar(file(event('UID:a', ...lines), good), here)).toMatchObject({
      problems: [{ line: 3, problem }],
      events: [{ uid: 'b' }],
    })
  })

  it('that is none, never ends, or is made to harm is refused quickly', () => {
    const spent = processorTime()
    const deep = 'BEGIN:X\r\n'.repeat(50_000)
    const hostile = [
      'PK\u0003\u0004',
      file(['BEGIN:VEVENT']),
      file(['BEGIN:VEVENT', deep, 'END:VEVENT']),
      file(event('UID:a', `SUMMARY:${'x'.repeat(900_000)}`, `RRULE:FREQ=DAILY;${'BYDAY=MO;'.repeat(50_000)}`)),
      `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(60_000)}`,
      file(event('UID:a', start, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')),
    ]
    for (const text of hostile) expect(readCalendar(text, here)).toMatchObject({ events: [] })
    expect(spent()).toBeLessThan(5000)
  })

  it(
    'of any bytes is read or told of, and never anything else',
    () => {
      const whole = file(
        event('UID:a', start, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE;TZID=Europe/Paris:20260309T100000'),
        event('UID:a', 'RECURRENCE-ID;TZID=Europe/Paris:20260316T100000', 'DTSTART:20260316T120000Z', 'SUMMARY:Späť'),
      )
      const pieces = [
        '\r\n',
        ':',
        ';',
        '=',
        'Z',
        'BEGIN:VEVENT',
        'END:VEVENT',
        '-',
        '9',
        '\0',
        'COUNT=730',
        '\u{1F600}',
        'TZID=',
        ',',
        '"',
      ]
      let seed = 20_261_126
      const below = (limit: number) => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
        return seed % limit
      }
      const spent = processorTime()
      for (let count = 0; count < inputs(2_000); count++) {
        let text = whole
        for (let cut = below(4); cut >= 0; cut--) {
          const at = below(text.length)
          text = text.slice(0, at) + (pieces[below(pieces.length)] ?? '') + text.slice(at + below(12))
        }
        const { events } = readCalendar(text, here)
        if (!events.every((one) => one.startTime < one.endTime)) throw new Error(text)
      }
      expect(spent()).toBeLessThan(inputs(10_000))
    },
    inputs(60_000),
  )
})

describe('reading a file in', () => {
  const weekly = event(
    'UID:w',
    'SUMMARY:Choir',
    start,
    'RRULE:FREQ=WEEKLY;COUNT=4',
    'EXDATE;TZID=Europe/Paris:20260309T100000',
  )
  const moved = event(
    'UID:w',
    'SUMMARY:Choir outside',
    'RECURRENCE-ID;TZID=Europe/Paris:20260316T100000',
    'DTSTART:20260316T150000Z',
  )
  const once = event('UID:o', 'SUMMARY:Visit', 'DTSTART:20260401T080000Z', 'LOCATION:Vitrolles')

  it('shows first what it would do, makes and updates by name, and is taken back as a whole', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const tina = await testTrainer(app, admin, 'Tina Teacher')
    const text = file(weekly, moved, once, event('UID:x', 'SUMMARY:No beginning'))
    const seen = async (client = tom) =>
      (await client.appointments.list(span)).rows.map(({ title, startTime }) => `${title} ${startTime.slice(5, 16)}`)

    expect(await refusalKey(tom.appointments.readFile({ text: 'Hello', timeZone: here }))).toBe(
      'appointment.nothingInFile',
    )
    expect(await tom.appointments.previewFile({ text, timeZone: here })).toMatchObject({
      creates: 2,
      updates: 0,
      problems: [{ line: 22, problem: 'noStart' }],
      rows: [{ title: 'Choir', repeats: true, changes: 2 }, { title: 'Visit' }],
    })
    expect(await seen()).toEqual([])
    await tom.appointments.readFile({ text, timeZone: here })
    const all = ['Choir 03-02T09:00', 'Choir outside 03-16T15:00', 'Choir 03-23T09:00', 'Visit 04-01T08:00']
    expect(await seen()).toEqual(all)

    clock.pass(1000)
    const [first] = (await tom.appointments.list(span)).rows
    const { id: lina } = await tom.beneficiaries.create({ name: 'Lina' })
    const kept = await tom.appointments.get(first ?? { id: 0 })
    await tom.appointments.update({ ...kept, beneficiaryId: lina, notes: 'Bring the songs.', reach: 'all' })
    clock.pass(1000)
    const later = text.replace('SUMMARY:Visit', 'SUMMARY:Visit by bus').replace('20260401T08', '20260402T08')
    expect(await tom.appointments.previewFile({ text: later, timeZone: here })).toMatchObject({
      creates: 0,
      updates: 1,
      same: 1,
    })
    const { undo } = await tom.appointments.readFile({ text: later, timeZone: here })
    expect(await seen()).toEqual([...all.slice(0, 3), 'Visit by bus 04-02T08:00'])
    expect(await tom.appointments.get(first ?? { id: 0 })).toMatchObject({
      beneficiaryId: lina,
      notes: 'Bring the songs.',
    })
    clock.pass(1000)
    await tom.appointments.undo({ undo })
    expect(await seen()).toEqual(all)

    // What somebody else has by that name is not theirs to change.
    expect(await tina.appointments.previewFile({ text, timeZone: here })).toMatchObject({ creates: 2, updates: 0 })
  })

  it('of what this program wrote gives the same series with all that is different in it', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const stranger = (await secondCentre(app)).admin
    const text = file(weekly, moved, once)
    await tom.appointments.readFile({ text, timeZone: here })
    const [first] = (await tom.appointments.list(span)).rows
    clock.pass(1000)
    const kept = await tom.appointments.get(first ?? { id: 0 })
    await tom.appointments.update({
      ...kept,
      notes: 'Secret of the staff',
      description: 'Sing; then, eat\\drink',
      reach: 'this',
    })
    expect(await refusalKey(stranger.appointments.file({ id: kept.id }))).toBe('appointment.notFound')
    const { text: written } = await tom.appointments.file(span)
    expect(written).toContain('BEGIN:VTIMEZONE')
    expect(written).not.toContain('Secret')
    expect(written.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
    await stranger.appointments.readFile({ text: written, timeZone: 'Asia/Tokyo' })
    const tell = async (client = tom) =>
      (await client.appointments.list(span)).rows.map(({ title, startTime, endTime, location }) => [
        title,
        startTime,
        endTime,
        location,
      ])
    expect(await tell(stranger)).toEqual(await tell())
    const one = await tom.appointments.file({ id: kept.id })
    expect(one.text.match(/BEGIN:VEVENT/g)).toHaveLength(3)
  })
})
