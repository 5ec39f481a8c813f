import type { Question } from '../../../../shared/contract/questions.ts'
import { choice, choices, number, right, trueFalse, words, worth, wrong } from './question-forms.ts'

export const workshopSafety: readonly Question[] = [
  choice('What do you put on before you switch the bench grinder on?', [
    wrong('Woollen gloves', 'The wheel can catch them and pull the hand in.'),
    right('Safety glasses', 'Sparks and splinters fly towards the eyes.'),
    'A scarf',
    'Sandals',
  ]),
  trueFalse(
    'A machine may run without its guard if you only need one more cut.',
    false,
    'Most accidents happen in the last minute. The guard stays on.',
  ),
  choices('Which of these belong to the equipment for arc welding?', [
    worth(40, 'A helmet with a dark filter'),
    worth(-30, 'A nylon jacket'),
    worth(30, 'Leather gloves'),
    worth(30, 'A flame-resistant apron'),
    worth(-30, 'Canvas shoes'),
  ]),
  number('One person lifts at most 25 kg here. How many people do you need, at least, for a motor of 60 kg?', [[3, 3]]),
  choice('A colleague cannot let go of a live cable. What do you do first?', [
    wrong('Pull the colleague away with both hands', 'Then the current flows through you as well.'),
    'Pour water over the cable',
    right('Switch the power off'),
    'Fetch the first-aid box',
  ]),
  words('A round blue sign shows a white helmet. What must you wear?', [
    'helmet',
    'a helmet',
    'hard hat',
    'a hard hat',
  ]),
  trueFalse(
    'Water puts out burning oil in a pan.',
    false,
    'It turns to steam at once and throws the oil about. Cover the pan.',
  ),
  choice('Where do you aim a fire extinguisher?', [
    'At the smoke',
    'At the top of the flames',
    right('At the base of the flames'),
    'At the nearest wall',
  ]),
  number(
    'How many minutes do you cool a small burn under running water?',
    [
      [10, 20],
      [5, 9.99, 50],
    ],
    { feedback: 'Ten to twenty minutes, cool but not icy.' },
  ),
  trueFalse('You bend your knees and keep your back straight when you lift a box.', true),
  choice('You find a ladder with a loose rung. What do you do?', [
    'Use it carefully',
    right('Take it away and mark it as broken'),
    'Put it back for somebody else',
    wrong('Repair the rung with tape', 'Tape does not hold a person.'),
  ]),
  words('Which number do you call in an emergency in the European Union?', ['112', 'one one two']),
]
