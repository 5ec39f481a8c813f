import { BeneficiaryFields, type BeneficiaryStatus } from '../../../../shared/contract/beneficiaries.ts'

/** Who teaches in the practice centre besides its administrator; they sign in with the same password. */
export const secondTrainer = { name: 'Tomás Herrera', email: 'tomas@practice.example' }

export interface PracticeLearner {
  /** 0: the administrator, 1: the second trainer. */
  trainer: 0 | 1
  /** How many days ago this person came. */
  enrolledDaysAgo: number
  fields: BeneficiaryFields
}

/** Telephone numbers are in the range that France keeps free for fiction, e-mail addresses in a domain nobody can own. */
export const practiceLearners: readonly PracticeLearner[] = [
  learner('Zoé Lefèvre', 'Marseille', 58, 0, { email: 'zoe.lefevre@practice.example', dateOfBirth: '2004-05-11' }),
  learner('محمد العلوي', 'Marseille', 57, 0, { dateOfBirth: '1996-11-02', notes: 'يفضّل الشرح بالعربية ثم بالفرنسية.' }),
  learner('Nguyễn Thị Hương', 'Aubagne', 57, 0, { email: 'huong@practice.example', dateOfBirth: '1999-08-23' }),
  learner('Олена Шевченко', 'Marseille', 56, 0, { email: 'olena@practice.example', dateOfBirth: '1988-02-29' }),
  learner('José Ángel Muñoz Pérez', 'Martigues', 56, 1, { dateOfBirth: '2001-07-30' }),
  learner('Fatou Ndiaye', 'Marseille', 55, 1, { email: 'fatou@practice.example', dateOfBirth: '1993-12-14' }),
  learner("Siobhán O'Connor", 'Vitrolles', 55, 1, { email: 'siobhan@practice.example', dateOfBirth: '1985-03-17' }),
  learner('Łukasz Wiśniewski', 'Vitrolles', 54, 1, {
    dateOfBirth: '1990-09-05',
    notes: 'Has worked as a welder; papers are in Polish.',
  }),
  learner('فاطمة الزهراء بناني', 'Marseille', 54, 0, { dateOfBirth: '2003-01-19' }),
  learner('Émilie Nguyên-Dubois', 'Aubagne', 50, 0, { email: 'emilie@practice.example', dateOfBirth: '2002-10-08' }),
  learner('Иван Петров', 'Marseille', 49, 1, {
    dateOfBirth: '1979-06-21',
    notes: 'Reads Latin letters slowly; give more time.',
  }),
  learner('Ayşe Yılmaz', 'Marseille', 48, 1, { email: 'ayse@practice.example', dateOfBirth: '1997-04-04' }),
  learner('Trần Văn Minh', 'Marseille', 45, 0, { dateOfBirth: '1994-02-10' }),
  learner('Mariam Traoré', 'Martigues', 44, 0, { email: 'mariam@practice.example', dateOfBirth: '2000-03-03' }),
  learner('Jürgen Großmann', 'Vitrolles', 43, 1, {
    dateOfBirth: '1972-12-01',
    status: 'inactive',
    notes: 'Moved away in spring.',
  }),
  learner('ሰላም ተስፋዬ', 'Marseille', 41, 1, { dateOfBirth: '1998-09-11' }),
  learner('Chloé Martin', 'Aubagne', 40, 0, { email: 'chloe.martin@practice.example', dateOfBirth: '2005-06-18' }),
  learner('Chloé Martin', 'Martigues', 38, 1, {
    email: 'c.martin@practice.example',
    dateOfBirth: '2003-11-27',
    notes: 'Not the Chloé Martin of Aubagne.',
  }),
  learner('Ștefan Munteanu', 'Marseille', 36, 1, { dateOfBirth: '1991-05-09' }),
  learner('علی رضایی', 'Marseille', 35, 0, { dateOfBirth: '1995-07-07' }),
  learner('Inês Gonçalves', 'Martigues', 31, 0, { email: 'ines@practice.example', dateOfBirth: '1999-01-25' }),
  learner('李秀英', 'Marseille', 24, 1, { dateOfBirth: '1983-10-10' }),
  learner('Anaïs Krikorian', 'Marseille', 20, 0, {
    email: 'anais@practice.example',
    dateOfBirth: '2006-02-02',
    status: 'completed',
  }),
  learner('प्रिया शर्मा', 'Aubagne', 3, 1, {
    dateOfBirth: '2001-08-15',
    notes: 'New; has not taken the entrance check yet.',
  }),
].map(withPhone)

type Details = Partial<Pick<BeneficiaryFields, 'email' | 'dateOfBirth' | 'notes'>> & { status?: BeneficiaryStatus }

function learner(
  name: string,
  city: string,
  enrolledDaysAgo: number,
  trainer: 0 | 1,
  { email = null, dateOfBirth = null, notes = '', status = 'active' }: Details,
): PracticeLearner {
  const fields = BeneficiaryFields.parse({ name, email, city, country: 'France', dateOfBirth, status, notes })
  return { trainer, enrolledDaysAgo, fields }
}

function withPhone({ fields, ...learner }: PracticeLearner, index: number): PracticeLearner {
  return { ...learner, fields: { ...fields, phone: `+33 6 39 98 ${10 + index} ${42 + 2 * index}` } }
}
