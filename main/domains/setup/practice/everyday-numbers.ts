import type { Question } from '../../../../shared/contract/questions.ts'
import { choice, number, right, trueFalse, words, wrong } from './question-forms.ts'

export const everydayNumbers: readonly Question[] = [
  number('A bag of cement costs 8.40 €. How much do five bags cost, in euros?', [[42, 42]]),
  choice('Which is the largest?', ['0.5', right('3/4'), '60 %', wrong('2/3', '2/3 is about 67 %, and 3/4 is 75 %.')]),
  trueFalse('A quarter of an hour is 25 minutes.', false, 'A quarter of 60 minutes is 15 minutes.'),
  number('A room is 4 m long and 3.5 m wide. How many square metres of floor does it have?', [[14, 14]]),
  number('A jacket costs 80 €. Today it is 15 % cheaper. What do you pay, in euros?', [
    [68, 68],
    [12, 12, 25],
  ]),
  choice('The bus leaves at 14:35 and needs 50 minutes. When does it arrive?', [
    '14:85',
    right('15:25'),
    '15:15',
    '15:35',
  ]),
  words('What do you call the number above the line in a fraction?', ['numerator', 'the numerator']),
  trueFalse('1,000 millilitres are one litre.', true),
  number('The average of 12, 15 and 18 is …', [[15, 15]]),
  choice('You need 250 g of flour for 4 people. How much do you need for 10?', [
    '500 g',
    right('625 g', '62.5 g for each person.'),
    '2,500 g',
    '750 g',
  ]),
]
