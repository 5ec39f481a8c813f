import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { remoteIn } from '../../../main/domains/calendar-accounts/caldav/events.ts'
import { insertAccount, putBusy } from '../../../main/domains/calendar-accounts/queries.ts'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'

const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' }

const paris = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Paris',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19810329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
]
/** As Outlook writes a zone that nobody else knows. */
const ofOutlook = paris.map((line) => (line.startsWith('TZID:') ? 'TZID:Customized Time Zone' : line))

function resource(before: readonly string[], ...events: string[][]): string {
  const bodies = events.flatMap((lines) => [
    'BEGIN:VEVENT',
    'UID:one',
    'DTSTAMP:20260301T000000Z',
    ...lines,
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Other//EN', ...before, ...bodies, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
}

async function withAccount(app: TestApp, admin: Client) {
  const [user] = await admin.identity.listUsers()
  return app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    return insertAccount(db, {
      organization_id: id,
      user_id: user?.id ?? 0,
      kind: 'caldav',
      address: 'https://calendar.example.org/',
      user_name: 'ada',
      secret: 'secret',
      calendar_name: 'Work',
      tells_words: 0,
      word: 'Busy',
      created_at: '2026-03-01T00:00:00.000Z',
    })
  })
}

const local = (wall: string) => new Date(`${wall}:00`).toISOString().slice(5, 16)

const cases: [string, string, string[]][] = [
  [
    'dates by name beside the beginning, as Exchange and DAViCal write them',
    resource(paris, [
      'DTSTART;TZID=Europe/Paris:20260310T100000',
      'DURATION:PT1H30M',
      'RDATE;TZID=Europe/Paris:20260312T100000,20260402T100000',
      'RDATE;VALUE=PERIOD:20260314T080000Z/20260314T090000Z,20260315T080000Z/PT2H',
    ]),
    ['03-10T09:00', '03-12T09:00', '03-14T08:00', '03-15T08:00', '04-02T08:00'],
  ],
  [
    'a rule, a rule of what is left out, and a date left out, as old iCal wrote them',
    resource(
      [],
      [
        'DTSTART:20260302T090000Z',
        'DTEND:20260302T100000Z',
        'RRULE:FREQ=DAILY;COUNT=10',
        'EXRULE:FREQ=WEEKLY;BYDAY=SA,SU',
        'EXDATE:20260304T090000Z',
        'RDATE:20260320T090000Z',
      ],
    ),
    ['03-02', '03-03', '03-05', '03-06', '03-09', '03-10', '03-11', '03-20'].map((day) => `${day}T09:00`),
  ],
  [
    'two rules',
    resource([], ['DTSTART:20260302T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=2', 'RRULE:FREQ=MONTHLY;COUNT=2']),
    ['03-02T09:00', '03-09T09:00', '04-02T09:00'],
  ],
  [
    'a beginning that is none of its rule and is counted all the same, as Outlook does',
    resource([], ['DTSTART:20260303T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3']),
    ['03-03T09:00', '03-09T09:00', '03-16T09:00'],
  ],
  [
    'a rule that nobody here can follow by its first time',
    resource([], ['DTSTART:20260303T090000Z', 'RRULE:FREQ=HOURLY;COUNT=3']),
    ['03-03T09:00'],
  ],
  [
    'left out by the day alone, and without the zone that the beginning names',
    resource(paris, [
      'DTSTART;TZID=Europe/Paris:20260310T100000',
      'RRULE:FREQ=DAILY;COUNT=4',
      'EXDATE;VALUE=DATE:20260311',
      'EXDATE:20260312T100000',
    ]),
    ['03-10T09:00', '03-13T09:00'],
  ],
  [
    'one of a series moved, one called off, across the change of clocks',
    resource(
      paris,
      ['DTSTART;TZID=Europe/Paris:20260324T100000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4'],
      ['RECURRENCE-ID;TZID=Europe/Paris:20260331T100000', 'DTSTART;TZID=Europe/Paris:20260401T150000', 'DURATION:PT1H'],
      [
        'RECURRENCE-ID:20260407T080000Z',
        'DTSTART;TZID=Europe/Paris:20260407T100000',
        'DURATION:PT1H',
        'STATUS:CANCELLED',
      ],
    ),
    ['03-24T09:00', '04-01T13:00', '04-14T08:00'],
  ],
  [
    'one that stands for all that follow',
    resource(
      [],
      ['DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=4'],
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20260316T090000Z', 'DTSTART:20260317T140000Z', 'DTEND:20260317T150000Z'],
    ),
    ['03-02T09:00', '03-09T09:00', '03-17T14:00', '03-24T14:00'],
  ],
  [
    'one of a series whose others are not the person’s',
    resource([], ['RECURRENCE-ID:20260316T090000Z', 'DTSTART:20260316T100000Z', 'DTEND:20260316T110000Z']),
    ['03-16T10:00'],
  ],
  [
    'a series by clocks that the file alone knows',
    resource(ofOutlook, [
      'DTSTART;TZID=Customized Time Zone:20260310T100000',
      'DTEND;TZID=Customized Time Zone:20260310T110000',
      'RRULE:FREQ=DAILY;COUNT=2',
    ]),
    ['03-10T09:00', '03-11T09:00'],
  ],
  [
    'by clocks that the file names and does not describe: those of this place',
    resource([], ['DTSTART;TZID=Some Place:20260310T100000', 'DURATION:PT1H']),
    [local('2026-03-10T10:00')],
  ],
  [
    'floating times by the clocks of this place',
    resource([], ['DTSTART:20260310T100000', 'DURATION:PT45M', 'RRULE:FREQ=DAILY;COUNT=2']),
    [local('2026-03-10T10:00'), local('2026-03-11T10:00')],
  ],
  [
    'whole days from midnight here',
    resource([], ['DTSTART;VALUE=DATE:20260310', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20260311']),
    [local('2026-03-10T00:00'), local('2026-03-12T00:00')],
  ],
]

const lengths: [string, object, string[]][] = [
  ['a length', { minutes: 26 * 60, isKeepable: true }, ['DTSTART:20260310T100000Z', 'DURATION:P1DT2H']],
  ['days', { minutes: 48 * 60 }, ['DTSTART;VALUE=DATE:20260310', 'DTEND;VALUE=DATE:20260312']],
  ['one day', { minutes: 24 * 60 }, ['DTSTART;VALUE=DATE:20260310']],
  ['a series', { repeats: true, isKeepable: true }, ['DTSTART:20260310T100000Z', 'RRULE:FREQ=DAILY;COUNT=2']],
  ...[
    ['DTSTART:20260310T100000Z', 'RDATE:20260311T100000Z'],
    ['DTSTART:20260310T100000Z', 'RRULE:FREQ=DAILY;COUNT=5', 'EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2'],
    ['DTSTART:20260310T100000Z', `DESCRIPTION:${'x'.repeat(5001)}`],
    ['DTSTART:20260310T100000Z', 'DTEND:20260318T100000Z'],
    ['DTSTART;TZID=Some Place:20260310T100000'],
  ].map((lines): [string, object, string[]] => [lines.join(' ').slice(0, 80), { isKeepable: false }, lines]),
]

describe('somebody with a calendar elsewhere', () => {
  let app: TestApp
  let blocks: BusyBlock[]

  beforeAll(async () => {
    app = await testApp()
    const { admin } = await testCentre(app)
    const accountId = await withAccount(app, admin)
    const texts = [...cases, ...lengths.map(([name, , lines]) => [name, resource([], lines)] as const)]
    await app.withDatabase(async (db) => {
      for (const [href, text] of texts) await putBusy(db, accountId, remoteIn(text, { href, etag: '"1"' }))
    })
    blocks = await admin.calendarAccounts.busy(spring)
  })
  afterAll(() => app[Symbol.asyncDispose]())

  it.each(cases)('is busy by %s', (href, _, expected) => {
    const begins = blocks.filter((block) => block.href === href).map(({ startTime }) => startTime.slice(5, 16))
    expect(begins).toEqual(expected)
  })

  it('is busy for as long as whatever says it, and nothing becomes an appointment that would lose times or words', () => {
    for (const [name, expected] of lengths) {
      const block = blocks.find(({ href }) => href === name)
      const minutes = (Date.parse(block?.endTime ?? '') - Date.parse(block?.startTime ?? '')) / 60_000
      expect({ ...block, name, minutes }).toMatchObject({ name, ...expected })
    }
  })
})
