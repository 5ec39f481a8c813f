import { type PersonColumn, personColumns } from '../../../shared/contract/people-imports.ts'
import { plainWord } from '../imports/sheet-words.ts'

/** How lists of people head their columns, in English, French and Arabic and in the lists of other programs. */
// biome-ignore format: one line for each column
const words: Record<PersonColumn, readonly string[]> = {
  name: ['name', 'full name', 'learner', 'student', 'person', 'nom complet', 'nom et prenom', 'nom prenom', 'apprenant', 'الاسم', 'الاسم الكامل', 'المتعلم', 'الطالب'],
  firstName: ['first name', 'given name', 'givenname', 'forename', 'prenom', 'الاسم الاول', 'الاسم الشخصي'],
  lastName: ['last name', 'family name', 'familyname', 'surname', 'nom', 'nom de famille', 'اللقب', 'اسم العائلة', 'الاسم العائلي'],
  number: ['number', 'no', 'id', 'student id', 'id number', 'identifier', 'username', 'matricule', 'numero', 'numero d inscription', 'n', 'identifiant', 'الرقم', 'رقم التسجيل', 'رقم القيد', 'المعرف'],
  email: ['e mail', 'email', 'mail', 'e mail address', 'email address', 'courriel', 'adresse e mail', 'adresse mail', 'adresse email', 'البريد الالكتروني', 'البريد', 'الايميل'],
  phone: ['phone', 'telephone', 'mobile', 'phone number', 'cell', 'sms', 'tel', 'portable', 'numero de telephone', 'الهاتف', 'رقم الهاتف', 'الجوال', 'المحمول'],
  dateOfBirth: ['date of birth', 'birth date', 'birthdate', 'birthday', 'born', 'dob', 'born on', 'date de naissance', 'naissance', 'ne le', 'nee le', 'ne e le', 'تاريخ الميلاد', 'تاريخ الولادة', 'الميلاد'],
  language: ['language', 'langue', 'اللغة'],
  address: ['address', 'street', 'postal address', 'adresse', 'rue', 'العنوان', 'الشارع'],
  city: ['town', 'city', 'village', 'ville', 'commune', 'المدينة', 'البلدة', 'القرية'],
  state: ['state', 'province', 'region', 'county', 'departement', 'الولاية', 'المحافظة', 'المنطقة', 'الاقليم'],
  postalCode: ['postal code', 'postcode', 'zip', 'zip code', 'code postal', 'cp', 'الرمز البريدي'],
  country: ['country', 'pays', 'البلد', 'الدولة'],
  guardianName: ['guardian', 'parent', 'guardian name', 'parent name', 'tuteur', 'nom du tuteur', 'responsable legal', 'الولي', 'ولي الامر', 'اسم ولي الامر'],
  guardianRelation: ['relation', 'relationship', 'guardian relation', 'lien', 'lien de parente', 'صلة القرابة', 'القرابة'],
  guardianPhone: ['guardian phone', 'parent phone', 'telephone du tuteur', 'telephone du parent', 'هاتف ولي الامر', 'هاتف الولي'],
  emergencyContact: ['emergency contact', 'in an emergency', 'contact d urgence', 'personne a prevenir', 'جهة الاتصال في الطوارئ', 'للطوارئ'],
  emergencyPhone: ['emergency phone', 'telephone d urgence', 'هاتف الطوارئ'],
  enrollmentDate: ['enrolled', 'enrolled on', 'enrollment date', 'enrolment date', 'registered', 'start date', 'inscrit le', 'date d inscription', 'date d entree', 'تاريخ التسجيل', 'تاريخ الالتحاق'],
  completedOn: ['completed', 'completed on', 'completion date', 'end date', 'termine le', 'date de fin', 'date de sortie', 'تاريخ الانتهاء', 'تاريخ الاتمام'],
  status: ['status', 'state of the file', 'statut', 'etat', 'الحالة'],
  trainer: ['trainer', 'teacher', 'formateur', 'formatrice', 'enseignant', 'المدرب', 'المعلم'],
  groups: ['group', 'groups', 'class', 'classes', 'cohort', 'groupe', 'groupes', 'classe', 'المجموعة', 'المجموعات', 'الفصل', 'القسم', 'الصف'],
  notes: ['notes', 'note', 'remarks', 'comments', 'comment', 'remarques', 'commentaires', 'observations', 'ملاحظات', 'الملاحظات'],
}

const columnOf = new Map(personColumns.flatMap((column) => words[column].map((word) => [plainWord(word), column])))

export function personColumnHeaded(head: string): PersonColumn | undefined {
  return columnOf.get(plainWord(head))
}

const statuses = {
  active: ['active', 'yes', 'actif', 'active', 'en cours', 'نشط', 'نشيط'],
  inactive: ['inactive', 'inactif', 'left', 'gone', 'parti', 'غير نشط'],
  completed: ['completed', 'finished', 'done', 'graduated', 'termine', 'acheve', 'diplome', 'مكتمل', 'منته', 'اتم'],
} as const

export function statusNamed(text: string): keyof typeof statuses | undefined {
  const word = plainWord(text).replace(/ e$/, '')
  const found = Object.entries(statuses).find(([, all]) => all.some((one) => plainWord(one) === word))
  return found?.[0] as keyof typeof statuses | undefined
}
