import { expect, it } from 'vitest'
import { answerTable } from '../../../main/domains/analytics/answer-table.ts'
import { extremeGroups, upperLowerIndex } from '../../../main/domains/analytics/discrimination.ts'
import { randomGuess } from '../../../main/domains/analytics/random-guess.ts'
import { standardError } from '../../../main/domains/analytics/reliability.ts'
import { choice } from '../../support/centre.ts'
import { analysisOf } from './scores.ts'

/**
 * Section 6 of the Law School Admission Test, 1,000 candidates, five items: how many gave each pattern of right and wrong.
 * Source: Bock, R. D. & Lieberman, M. (1970), Fitting a response model for n dichotomously scored items, Psychometrika 35,
 * table 1.
 */
const lsatPatterns =
  '00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01011:16 01101:3 01110:2 01111:15 ' +
  '10000:10 10001:29 10010:14 10011:81 10100:3 10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 11011:173 ' +
  '11100:11 11101:61 11110:28 11111:298'

const lsat = lsatPatterns.split(' ').flatMap((entry) => {
  const [pattern = '', count] = entry.split(':')
  return Array.from({ length: Number(count) }, () => [...pattern].map(Number))
})

it('finds what is published of the five items of the Law School Admission Test', async () => {
  const { test, items } = await analysisOf(lsat)
  expect(lsat).toHaveLength(1000)
  expect(items.map(({ facility }) => facility)).toEqual([0.924, 0.709, 0.553, 0.763, 0.87])
  // Rizopoulos, D. (2006), ltm: An R package for latent variable modelling, Journal of Statistical Software 17(5), `descript(LSAT)`.
  expect(test.alpha).toBeCloseTo(0.295, 3)
  expect(test.isKr20).toBe(true)
  const to4 = (values: (number | null)[]) => values.map((value) => Number(value?.toFixed(4)))
  expect(to4(items.map(({ itemTotal }) => itemTotal))).toEqual([0.362, 0.5668, 0.6184, 0.5344, 0.4354])
  expect(to4(items.map(({ discrimination }) => discrimination))).toEqual([0.1128, 0.1532, 0.1728, 0.1444, 0.1216])
  expect(to4(items.map(({ alphaWithout }) => alphaWithout))).toEqual([0.2754, 0.2376, 0.2168, 0.2459, 0.2663])
})

/** Points of 25 attempts at seven questions of one point, and what the statistics report of Moodle is tested to say of them. */
const attempts = [
  [1, 1, 1, 1, 1, 0, 1],
  [1, 1, 1, 1, 0.5, 1, 0],
  [1, 1, 1, 1, 0.5, 0, 1],
  [0, 0, 1, 1, 1, 0, 0],
  [1, 0, 1, 0, 0, 1, 0.5],
  [1, 1, 1, 1, 0.5, 0, 0.5],
  [0, 1, 1, 1, 0.5, 1, 0.5],
  [1, 1, 1, 0, 0.5, 1, 0.5],
  [1, 0, 1, 1, 1, 1, 1],
  [0, 1, 1, 0, 0.5, 1, 0.5],
  [0.8, 0, 1, 1, 0.5, 1, 0.5],
  [1, 1, 1, 0, 0.5, 1, 1],
  [1, 0, 1, 1, 0.5, 1, 0.5],
  [1, 0, 1, 1, 1, 0, 0.5],
  [0, 0, 1, 1, 0, 1, 1],
  [1, 0, 1, 0, 0.5, 1, 1],
  [0.8, 0, 1, 1, 0.5, 0, 1],
  [1, 0, 1, 1, 0, 1, 0.5],
  [1, 0, 1, 1, 0.5, 0, 0.5],
  [0, 1, 1, 0, 0.5, 1, 0],
  [1, 1, 0.3333333, 1, 0.5, 0, 0.5],
  [1, 1, 1, 0, 0.5, 0, 0.5],
  [1, 1, 1, 1, 0, 1, 0.5],
  [0, 0, 1, 0, 0.5, 1, 1],
  [0, 0, 1, 1, 1, 1, 1],
]
const moodle = {
  facility: [0.704, 0.48, 0.973333332, 0.68, 0.52, 0.64, 0.62],
  standardDeviation: [0.4513682901, 0.5099019514, 0.13333334, 0.4760952286, 0.3055050463, 0.4898979486, 0.331662479],
  effectiveWeight: [
    21.2922742344, 18.8979800309, 4.443012573, 18.9347251357, 11.1450138688, 9.8081339177, 15.4788602394,
  ],
  discrimination: [
    -7.0650767526, -28.8982125772, -9.1230674268, -22.6306444113, -17.6997047674, -45.3785178421, -5.6543166602,
  ],
  discriminativeEfficiency: [
    -9.4550536967, -36.7834118938, -21.6545012165, -31.4411395613, -21.1794802584, -56.9366974439, -6.5043742058,
  ],
}

it('agrees with Moodle on facility, spread, effective weight, discrimination and discriminative efficiency', async () => {
  const { items } = await analysisOf(attempts)
  for (const [index, item] of items.entries()) {
    expect(item.facility).toBeCloseTo(moodle.facility[index] ?? Number.NaN, 6)
    expect(item.standardDeviation).toBeCloseTo(moodle.standardDeviation[index] ?? Number.NaN, 6)
    // Moodle rounds marks to five digits before it adds them up.
    expect(100 * (item.effectiveWeight ?? Number.NaN)).toBeCloseTo(moodle.effectiveWeight[index] ?? Number.NaN, 3)
    expect(100 * (item.discrimination ?? Number.NaN)).toBeCloseTo(moodle.discrimination[index] ?? Number.NaN, 3)
    expect(100 * (item.discriminativeEfficiency ?? Number.NaN)).toBeCloseTo(
      moodle.discriminativeEfficiency[index] ?? Number.NaN,
      3,
    )
  }
})

/** Ten students at a quiz of ten questions. Source: Wuensch, K. L., The Kuder-Richardson 20, East Carolina University. */
const quiz = [
  '1111110110',
  '1011011101',
  '1111011001',
  '0010001000',
  '0000010010',
  '1110111111',
  '1101110111',
  '1111111101',
  '0101111101',
  '1101101110',
]

it('finds the KR-20 of a published quiz from its published variances', async () => {
  const { test, items } = await analysisOf(quiz.map((row) => [...row].map(Number)))
  expect(items.map(({ facility }) => facility)).toEqual([0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6])
  // Printed as variances of the population: the sum of p · q is 2.18, the variance of the scores 5.84.
  expect((test.standardDeviation ?? 0) ** 2).toBeCloseTo((5.84 * 10) / 9, 10)
  expect(test.alpha).toBeCloseTo((10 / 9) * (1 - 2.18 / 5.84), 10)
  expect(test.isKr20).toBe(true)
})

it('finds the standard errors of measurement of two published examples', () => {
  // Statology, What is the standard error of measurement?: 3.17 · √(1 - 0.88).
  expect(standardError([88, 90, 91, 94, 86, 88, 84, 90, 90, 94], 0.88)).toBeCloseTo(1.098, 2)
  // Wechsler test, standard deviation 15, reliability 0.96: Waterstreet, M. A., Introduction to tests and measures.
  expect(standardError([85, 100, 115], 0.96)).toBeCloseTo(3, 10)
})

/**
 * Forty students, of the best eleven nine right, of the weakest eleven three: D = 0.55. As defined by Lopez, A. (1998), The
 * item discrimination index: does it work?, Rasch Measurement Transactions 12, 626.
 */
it('finds the upper-lower index and the table of distractors of a class of forty', () => {
  const totals = Array.from({ length: 40 }, (_, index) => 40 - index)
  const answers = totals.map((_, index) => (index < 9 || index >= 37 ? 'b' : index < 11 || index >= 29 ? 'a' : ''))
  const groups = extremeGroups(totals)
  const shares = answers.map((answer) => (answer === 'b' ? 1 : 0))
  expect(upperLowerIndex(shares, groups)).toBeCloseTo(0.55, 2)
  expect(answerTable(choice, { answers, rests: totals, groups })).toMatchObject([
    { answer: 'a', credit: 0, count: 10, upper: 2, lower: 8 },
    { answer: 'b', credit: 1, count: 12, upper: 9, lower: 3 },
    { answer: 'empty', count: 18, upper: 0, lower: 0 },
  ])
})

it("agrees with Moodle's own test on the random guess score of a choice between frog and toad", () => {
  const [toad, frog] = choice.options
  expect(randomGuess({ ...choice, options: [frog, toad] })).toBe(0.5)
})
