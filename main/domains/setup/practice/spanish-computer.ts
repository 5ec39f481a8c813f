import type { Question } from '../../../../shared/contract/questions.ts'
import { choice, choices, essay, right, trueFalse, words, worth, wrong } from './question-forms.ts'

export const spanishComputer: readonly Question[] = [
  choice('¿Qué haces antes de apagar el ordenador?', [
    'Desenchufarlo de la pared',
    right('Guardar el trabajo y cerrar los programas'),
    wrong('Pulsar el botón de encendido diez segundos', 'Así se pierde lo que no está guardado.'),
    'Bajar el brillo de la pantalla',
  ]),
  trueFalse(
    'Una contraseña corta es más segura porque se recuerda mejor.',
    false,
    'Cuanto más larga, más difícil de adivinar.',
  ),
  words('¿Cómo se llama la flecha que se mueve por la pantalla con el ratón?', [
    'cursor',
    'el cursor',
    'puntero',
    'el puntero',
  ]),
  choices('¿Cuáles de estos programas sirven para escribir una carta?', [
    worth(50, 'LibreOffice Writer'),
    worth(-50, 'La calculadora'),
    worth(50, 'Microsoft Word'),
    worth(-50, 'El reproductor de música'),
  ]),
  choice('Recibes un correo de un banco donde no tienes cuenta. ¿Qué haces?', [
    'Pulsar el enlace enseguida',
    right('Borrarlo y avisar al formador'),
    'Responder y preguntar qué pasa',
    'Reenviarlo a tus amigos',
  ]),
  essay('¿Para qué te gustaría usar el ordenador en tu trabajo? Escribe entre tres y cinco frases.', { points: 4 }),
]
