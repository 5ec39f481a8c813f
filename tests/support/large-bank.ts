import type { Question } from '../../shared/contract/questions.ts'
import type { Client } from './app.ts'

const many = Array.from(
  { length: 5000 },
  (_, index): Question => ({
    type: 'multiple_choice',
    text: `What do you do first when the alarm number ${index} rings in the workshop?`,
    points: 2,
    required: true,
    selection: 'one',
    category: 'Safety/Fire',
    tags: ['fire', 'exit'],
    feedback: 'People first, things never.',
    options: ['Leave', 'Stay', 'Wait', 'Run'].map((text, place) => ({
      id: 'abcd'[place] ?? '',
      text: `${text} by the nearest exit ${index}`,
      credit: place === 0 ? 100 : 0,
      feedback: `Why ${place}`,
    })),
  }),
)

/** As many questions as one export may have. */
export async function fillBank(admin: Client) {
  for (let from = 0; from < many.length; from += 100) await admin.bank.add({ questions: many.slice(from, from + 100) })
}
