import type { Question } from '../../../../shared/contract/questions.ts'
import { choice, essay, right, trueFalse, words, wrong } from './question-forms.ts'

export const frenchAtWork: readonly Question[] = [
  choice('« Prière de laisser cette porte fermée. » Que devez-vous faire ?', [
    'Ouvrir la porte',
    right('Garder la porte fermée'),
    'Prier devant la porte',
    'Fermer à clé et partir',
  ]),
  words('Complétez : « Je suis arrivé en retard ____ le bus était en panne. »', ['parce que', 'car', 'puisque']),
  trueFalse(
    '« Vous êtes tenu de porter un casque » veut dire que le casque est facultatif.',
    false,
    '« Être tenu de » signifie « être obligé de ».',
  ),
  choice('Quelle formule termine une lettre au directeur ?', [
    wrong('Bisous', 'On l’écrit à ses proches, pas à un directeur.'),
    'À plus !',
    right('Je vous prie d’agréer, Monsieur le Directeur, mes salutations distinguées.'),
    'Salut',
  ]),
  words('Quel est le contraire de « embaucher » ?', ['licencier', 'renvoyer', 'congédier']),
  choice('« Le chantier sera clos du 3 au 7 août inclus. » Quel jour pouvez-vous revenir ?', [
    'Le 3 août',
    'Le 7 août',
    right('Le 8 août', '« Inclus » veut dire que le 7 est encore fermé.'),
    'Le 4 août',
  ]),
  essay(
    'Vous ne pouvez pas venir demain. Écrivez un message à votre formatrice : dites pourquoi, excusez-vous et proposez une solution. (60 à 100 mots)',
    { required: true, feedback: 'Nous regardons si le message est clair et poli, pas seulement l’orthographe.' },
  ),
]

/** What learners wrote; the practice centre's trainer has read some of them. */
export const frenchMessages = [
  'Bonjour Madame Haddad, je vous écris parce que je ne pourrai pas venir demain matin. Mon fils est malade et je dois l’accompagner chez le médecin à neuf heures. Je suis désolée pour ce contretemps. Est-ce que je peux venir l’après-midi, ou faire l’exercice à la maison et vous l’apporter jeudi ? Merci beaucoup de votre compréhension. Zoé',
  'Madame, demain je suis pas là car j’ai rendez-vous à la préfecture pour mon titre de séjour, c’est très important et on peut pas changer. Excusez-moi. Je demande à Fatou de me donner les feuilles et je viens vendredi plus tôt pour rattraper. Merci.',
  'Bonjour, demain bus grève. Je habite loin, Aubagne. Pardon. Je travaille page 12 et 13 à la maison et je montre à vous mercredi. Bonne journée, Hương',
  'Bonjour Amina, je suis navrée, mais je dois remplacer une collègue à l’hôpital demain toute la journée. Je m’en excuse : j’aurais dû prévenir plus tôt. Si cela vous convient, je pourrais suivre le cours avec le groupe du soir, ou bien vous rendre le devoir par écrit lundi matin. Avec mes remerciements, Olena',
  'Bonjour, je viens pas demain. Malade. Merci.',
  'Chère Madame, j’ai mal au dos depuis hier soir et le médecin m’a dit de rester couché deux jours. Je regrette de manquer la leçon sur les fractions. Pourriez-vous me garder une copie des exercices ? Je vous appellerai vendredi pour vous dire si je vais mieux. Respectueusement, Łukasz Wiśniewski',
  'Madame Haddad bonjour, mon fille commence la école demain et je veux accompagner premier jour. Je suis désolé. Je peux venir à onze heures après la école, si c’est possible pour vous. Merci, Иван',
  'Bonjour Madame, demain je passe l’entretien pour le stage à la boulangerie Martin, celui dont nous avons parlé. Je ne peux donc pas assister au cours et je vous prie de m’excuser. Je rattraperai la leçon samedi avec Inês. Souhaitez-moi bonne chance ! Mariam',
] as const
