import type { DayOrder } from '../../../shared/contract/people-imports.ts'
import { latinDigits } from '../../../shared/digits.ts'
import { plainWord } from '../imports/sheet-words.ts'

const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'janvier', 'janv', 'يناير', 'جانفي', 'كانون الثاني'],
  ['february', 'feb', 'fevrier', 'fevr', 'fev', 'فبراير', 'فيفري', 'شباط'],
  ['march', 'mar', 'mars', 'مارس', 'اذار'],
  ['april', 'apr', 'avril', 'avr', 'ابريل', 'افريل', 'نيسان'],
  ['may', 'mai', 'مايو', 'ماي', 'ايار'],
  ['june', 'jun', 'juin', 'يونيو', 'جوان', 'حزيران'],
  ['july', 'jul', 'juillet', 'juil', 'يوليو', 'جويلية', 'تموز'],
  ['august', 'aug', 'aout', 'اغسطس', 'اوت', 'اب'],
  ['september', 'sep', 'sept', 'septembre', 'سبتمبر', 'ايلول'],
  ['october', 'oct', 'octobre', 'اكتوبر', 'تشرين الاول'],
  ['november', 'nov', 'novembre', 'نوفمبر', 'تشرين الثاني'],
  ['december', 'dec', 'decembre', 'ديسمبر', 'كانون الاول'],
]
const monthNamed = new Map(months.flatMap((names, index) => names.map((name) => [plainWord(name), index + 1] as const)))

/** The last day that Excel counts as a number in a list of people: 2099-12-31. */
const lastSerial = 73_050

/** A day in any form that lists have it in; undefined where it is none. `thisYear` decides about years of two digits. */
export function readDay(text: string, order: DayOrder, thisYear: number): string | undefined {
  const plain = latinDigits(text).trim()
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(plain)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,].*)?$/.exec(plain)
  if (numbers) {
    const [first, second] = [Number(numbers[1]), Number(numbers[2])]
    const [day, month] = order === 'dayFirst' ? [first, second] : [second, first]
    return dayOf(wholeYear(numbers[3] ?? '', thisYear), month, day)
  }
  const serial = /^\d{4,5}(?:\.0+)?$/.test(plain) ? Number(plain) : 0
  if (serial > 1000 && serial <= lastSerial) {
    // Excel counts from 1900 and believes that there was a 29th of February in it.
    return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
  }
  return namedDay(plain, thisYear)
}

/** `3 mars 2001`, `March 3rd, 2001`, `٣ مارس ٢٠٠١`. */
function namedDay(text: string, thisYear: number): string | undefined {
  const numbers = text.match(/\d+/g) ?? []
  const month = monthNamed.get(plainWord(text.replace(/\d+(?:st|nd|rd|th|er)?/gi, ' ')))
  if (month === undefined || numbers.length !== 2) return undefined
  const [first = '', second = ''] = numbers
  const [day, year] = first.length === 4 ? [second, first] : [first, second]
  return year.length === 2 || year.length === 4 ? dayOf(wholeYear(year, thisYear), month, Number(day)) : undefined
}

/** What is in the future with this century was in the one before. */
function wholeYear(year: string, thisYear: number): number {
  if (year.length === 4) return Number(year)
  const inThis = Math.floor(thisYear / 100) * 100 + Number(year)
  return inThis > thisYear + 5 ? inThis - 100 : inThis
}

function dayOf(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || year > 2100) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  const isThere = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isThere ? date.toISOString().slice(0, 10) : undefined
}

/** In which order a list writes its days, as far as the days themselves say: no month is the thirteenth. */
export function orderOf(days: Iterable<string>): { order: DayOrder; isOpen: boolean } {
  let isAmbiguous = false
  for (const text of days) {
    const [, first, second] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}\b/.exec(latinDigits(text).trim()) ?? []
    if (first === undefined || second === undefined) continue
    if (Number(first) > 12) return { order: 'dayFirst', isOpen: false }
    if (Number(second) > 12) return { order: 'monthFirst', isOpen: false }
    isAmbiguous ||= first !== second
  }
  return { order: 'dayFirst', isOpen: isAmbiguous }
}
