import type { AcceptedAnswer, ChoiceOption, Question } from '../../../../shared/contract/questions.ts'
import type { Random } from './random.ts'

/** An answer as a learner might give it who is right in this share of cases, 0 to 1; empty if they leave it out. */
export function generatedAnswer(question: Question, ability: number, random: Random): string {
  if (!question.required && random.chance((1 - ability) / 10)) return ''
  switch (question.type) {
    case 'multiple_choice':
      return question.selection === 'one'
        ? chosenOne(question.options, random.chance(ability), random)
        : chosenMany(question.options, ability, random)
    case 'true_false':
      return String(random.chance(ability) === question.correct)
    case 'short_answer':
      return written(question.accepted, random.chance(ability), random)
    case 'essay':
      return essay(random)
  }
}

function chosenOne(options: readonly ChoiceOption[], isRight: boolean, random: Random): string {
  const best = Math.max(...options.map((option) => option.credit))
  const [first, ...others] = options.filter((option) => (option.credit === best) === isRight)
  return first ? random.pick([first, ...others]).id : ''
}

function chosenMany(options: readonly ChoiceOption[], ability: number, random: Random): string {
  return options
    .filter((option) => option.credit > 0 === random.chance(ability))
    .map((option) => option.id)
    .join(',')
}

function written(accepted: readonly AcceptedAnswer[], isRight: boolean, random: Random): string {
  const best = accepted.reduce((one, other) => (other.credit > one.credit ? other : one))
  if ('text' in best) return isRight ? random.pick([best.text, best.text.toLowerCase()]) : misspelt(best.text, random)
  return String(isRight ? best.min : best.max + 1 + random.below(20))
}

/** Two neighbouring letters changed places, or the learner has no idea. */
function misspelt(text: string, random: Random): string {
  const letters = [...text]
  const place = random.below(letters.length - 1)
  const swapped = letters.with(place, letters[place + 1] ?? '').with(place + 1, letters[place] ?? '')
  return swapped.join('') === text || random.chance(0.5) ? '?' : swapped.join('')
}

const sentences = [
  'I think it depends on the situation.',
  'First I would ask somebody with more experience.',
  'In my last job we did it in another way, and it worked.',
  'It is important to be careful, because other people rely on us.',
  'Je préfère commencer tôt le matin, quand il y a moins de bruit.',
  'Il faut bien lire les consignes avant de commencer.',
  'أظن أن العمل الجماعي أسهل من العمل وحدي.',
  'Creo que hay que practicar un poco cada día.',
  'My teacher showed me how to do it, and now I show it to others.',
] as const

function essay(random: Random): string {
  return Array.from({ length: 2 + random.below(4) }, () => random.pick(sentences)).join(' ')
}
