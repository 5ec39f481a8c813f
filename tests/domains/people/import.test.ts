import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { xlsxBytes } from '../../../main/sheets/xlsx.ts'
import {
  addsAtOnce,
  type ColumnTarget,
  changesAtOnce,
  type PlanPeople,
} from '../../../shared/contract/people-imports.ts'
import { type Client, testApp } from '../../support/app.ts'
import { password, testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { refusalKey } from '../../support/refusal.ts'

async function centre() {
  const clock = testClock()
  const app = await testApp({ clock })
  return { app, ...(await testCentre(app)), clock }
}

const base64 = (content: string | Uint8Array, encoding: BufferEncoding = 'utf8') =>
  (typeof content === 'string' ? Buffer.from(content, encoding) : Buffer.from(content)).toString('base64')

type Wish = Partial<Pick<PlanPeople, 'dayOrder' | 'skipAlike'>> & { columns?: ColumnTarget[] }

async function planned(client: Client, content: string | Uint8Array, wish: Wish = {}) {
  const file = await client.peopleImports.read({ base64: base64(content), fileName: 'list' })
  const columns = wish.columns ?? file.columns.map(({ target }) => target)
  const { dayOrder = file.dayOrder, skipAlike = false } = wish
  return { file, plan: await client.peopleImports.plan({ fileId: file.fileId, columns, dayOrder, skipAlike }) }
}

/** Carries a plan out to its end, as the screen does. */
async function carriedOut(client: Client, fileId: string, { adds, changes }: { adds: number; changes: number }) {
  const { importId } = await client.peopleImports.begin({ fileId })
  const step = { importId, fileId }
  for (let left = adds; left > 0; left -= addsAtOnce) await client.peopleImports.addSome(step)
  for (let left = changes; left > 0; left -= changesAtOnce) await client.peopleImports.changeSome(step)
  return importId
}

async function imported(client: Client, content: string | Uint8Array, wish: Wish = {}) {
  const { file, plan } = await planned(client, content, wish)
  return { plan, importId: await carriedOut(client, file.fileId, plan) }
}

async function people(client: Client) {
  const { rows } = await client.beneficiaries.list({})
  return Promise.all(rows.map(({ id }) => client.beneficiaries.get({ id })))
}

describe('a list of people', () => {
  it('is refused when it is none, and nobody is registered', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const read = (content: string | Uint8Array) => refusalKey(admin.peopleImports.read({ base64: base64(content) }))
    expect(await read('')).toBe('peopleImport.empty')
    expect(await read(zipSync({ 'a.txt': new Uint8Array([1]) }))).toBe('peopleImport.notARoster')
    expect(await read(zipSync({ '../users.csv': new Uint8Array([1]) }))).toBe('peopleImport.unreadable')
    const { fileId } = await admin.peopleImports.read({ base64: base64('Town\nSfax\n') })
    const plan = admin.peopleImports.plan({ fileId, columns: ['city'], dayOrder: 'dayFirst' })
    expect(await refusalKey(plan)).toBe('peopleImport.noNameColumn')
    expect(await refusalKey(admin.peopleImports.begin({ fileId }))).toBe('peopleImport.fileGone')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 0 })
  })

  it('is read with a mark, semicolons and French words', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const text = '\uFEFFNom;Prénom;Né(e) le;Téléphone;Groupe\r\nDupont;Élodie;03/02/2001;01 23;Matin;\r\n'
    const { plan } = await imported(admin, text)
    expect(plan).toMatchObject({ adds: 1, changes: 0, problemCount: 0 })
    const [person] = await people(admin)
    expect(person).toMatchObject({ name: 'Élodie Dupont', dateOfBirth: '2001-02-03', phone: '01 23' })
    expect(await admin.groups.list()).toMatchObject([{ name: 'Matin', memberCount: 1 }])
  })

  it('is read in Windows-1252, and in Arabic when told', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const file = await admin.peopleImports.read({ base64: base64('Nom\nElodie Lef\xe8vre\n', 'latin1') })
    expect(file).toMatchObject({ guessedEncoding: 'windows-1252', rows: 1 })
    expect(file.columns).toMatchObject([{ name: 'Nom', samples: ['Elodie Lefèvre'], target: 'name' }])
    const arabic = Buffer.from('name\n\xe3\xcd\xe3\xcf\n', 'latin1').toString('base64')
    const told = await admin.peopleImports.read({ base64: arabic, encoding: 'windows-1256' })
    expect(told.columns[0]?.samples).toEqual(['محمد'])
  })

  it('is read from a workbook, and takes off the guard of a formula', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const bytes = await xlsxBytes([
      { name: 'People', columns: ['Full name', 'Town'], rows: [['=Maria', 'Sfax']], width: () => 10 },
    ])
    await imported(admin, bytes)
    expect(await people(admin)).toMatchObject([{ name: '=Maria', city: 'Sfax' }])
  })

  it('understands days in many forms, and says where they can be read either way', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const days = [
      '2001-02-28',
      '28.2.2001',
      '28/02/01',
      '28 February 2001',
      'Feb 28, 2001',
      '28 février 2001',
      '٢٨/٢/٢٠٠١',
      '36950',
    ]
    const rows = days.map((day, index) => `Person ${'abcdefgh'[index]};${day}`)
    const { file } = await planned(admin, `name;born\n${rows.join('\n')}\n`)
    expect(file).toMatchObject({ dayOrder: 'dayFirst', isDayOrderOpen: false })
    await carriedOut(admin, file.fileId, { adds: days.length, changes: 0 })
    expect(new Set((await people(admin)).map(({ dateOfBirth }) => dateOfBirth))).toEqual(new Set(['2001-02-28']))

    const open = await planned(admin, 'name,born\nOpen,03/04/2001\n')
    expect(open.file.isDayOrderOpen).toBe(true)
    await imported(admin, 'name,born\nOpen,03/04/2001\n', { dayOrder: 'monthFirst' })
    expect((await people(admin)).find(({ name }) => name === 'Open')?.dateOfBirth).toBe('2001-03-04')
    const american = await planned(admin, 'name,born\nA,03/04/2001\nB,03/14/2001\n')
    expect(american.file).toMatchObject({ dayOrder: 'monthFirst', isDayOrderOpen: false })
  })

  it('names what it cannot use by row and column, and leaves out who has no name', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const text =
      'name,born,email,status,trainer\n,2001-01-01,,,\nMaria,31/02/2001,not an address,asleep,Nobody Known\nPia,01/02/2999,,,\n'
    const { plan } = await imported(admin, text)
    expect(plan).toMatchObject({ adds: 2, skipped: 1 })
    expect(plan.problems.map(({ line, column, kind, effect }) => [line, column, kind, effect])).toEqual([
      [2, '', 'noName', 'skipped'],
      [3, 'born', 'notADay', 'changed'],
      [3, 'email', 'notAnEmail', 'changed'],
      [3, 'status', 'notAStatus', 'changed'],
      [3, 'trainer', 'unknownTrainer', 'changed'],
      [4, 'born', 'notADay', 'changed'],
    ])
    expect(await people(admin)).toMatchObject([
      { name: 'Maria', dateOfBirth: null, status: 'active' },
      { name: 'Pia', dateOfBirth: null },
    ])
  })

  it('fills the fields of the organization by their kinds', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const { key: bus } = await admin.ownFields.add({ name: 'Bus line', kind: 'choice', choices: ['12', '14'] })
    const { key: fit } = await admin.ownFields.add({ name: 'Fit', kind: 'yesNo' })
    const { key: size } = await admin.ownFields.add({ name: 'Size', kind: 'number' })
    const { plan } = await imported(admin, 'name,bus line,fit,size\nMaria,12,oui,"38,5"\nMario,13,perhaps,big\n')
    expect(plan.problems.map(({ kind }) => kind)).toEqual(['notAChoice', 'notYesNo', 'notANumber'])
    const [maria, mario] = await people(admin)
    expect(maria?.own).toEqual({ [bus]: '12', [fit]: true, [size]: 38.5 })
    expect(mario?.own).toEqual({})
  })

  it('keeps what the columns meant for the next time', async () => {
    const { app, admin } = await centre()
    await using _ = app
    await imported(admin, 'Qui,Où\nMaria,Sfax\n', { columns: ['name', 'city'] })
    const { columns } = await admin.peopleImports.read({ base64: base64('Où,Qui\nTunis,Mario\n') })
    expect(columns.map(({ target }) => target)).toEqual(['city', 'name'])
  })
})

describe('who is here already', () => {
  it('is changed and not registered again: by e-mail, by number, or by name and day of birth', async () => {
    const { app, admin, clock } = await centre()
    await using _ = app
    await admin.beneficiaries.create({ name: 'By Mail', email: 'mail@example.org', phone: '1' })
    await admin.beneficiaries.create({ name: 'By Number', number: 'A-7', city: 'Gafsa' })
    await admin.beneficiaries.create({ name: 'Bý Birth', dateOfBirth: '2001-02-28', notes: 'Stays' })
    clock.pass(1000)
    const text = [
      'name,email,number,born,city',
      'By Mail,MAIL@example.org,,,Sfax',
      'By Number,,a-7,,',
      'by birth,,,2001-02-28,Sfax',
      'New One,,,,Sfax',
    ].join('\n')
    const { plan } = await imported(admin, text)
    expect(plan).toMatchObject({ adds: 1, changes: 3, same: 0, problemCount: 0 })
    expect(plan.rows.map(({ effect, matchedBy, fields }) => [effect, matchedBy, fields.toSorted()])).toEqual([
      ['change', 'email', ['city']],
      ['change', 'number', ['number']],
      ['change', 'nameAndBirth', ['city', 'name']],
      ['add', null, ['city']],
    ])
    const found = await people(admin)
    expect(found).toHaveLength(4)
    expect(found.find(({ email }) => email)).toMatchObject({ phone: '1', city: 'Sfax' })
    expect(found.find(({ number }) => number === 'a-7')).toMatchObject({ city: 'Gafsa' })
    expect(found.find(({ notes }) => notes)).toMatchObject({ city: 'Sfax', notes: 'Stays' })
    const again = await planned(admin, text.replace('New One,,,,Sfax', ''))
    expect(again.plan).toMatchObject({ adds: 0, changes: 0, same: 3 })
  })

  it('stands once: the same person twice in a file is named', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const { plan } = await imported(admin, 'name,number\nMaria,7\nMario,8\nMaria B,7\n')
    expect(plan).toMatchObject({ adds: 2, problems: [{ line: 4, value: '2', kind: 'sameAsRow' }] })
  })

  it('is warned about when only the name sounds the same, and left out when that is wanted', async () => {
    const { app, admin } = await centre()
    await using _ = app
    await admin.beneficiaries.create({ name: 'محمد حداد' })
    const { plan } = await planned(admin, 'name\nMohamed Haddad\nAnna Berg\n')
    expect(plan).toMatchObject({ adds: 2, alikeCount: 1 })
    expect(plan.rows[0]?.alike).toMatchObject([{ name: 'محمد حداد', causes: ['name'] }])
    const without = await planned(admin, 'name\nMohamed Haddad\nAnna Berg\n', { skipAlike: true })
    expect(without.plan).toMatchObject({ adds: 1, problems: [{ line: 2, kind: 'looksAlike' }] })
  })

  it('is nobody else’s: a trainer changes their own people, and learns nothing of others', async () => {
    const { app, admin } = await centre()
    await using _ = app
    await admin.beneficiaries.create({ name: 'Theirs', number: '7', email: 'theirs@example.org', city: 'Gafsa' })
    const tom = await testTrainer(app, admin)
    const { plan } = await imported(tom, 'name,number,email,city\nTheirs,7,,Sfax\nOther,8,theirs@example.org,Sfax\n')
    expect(plan).toMatchObject({ adds: 1, changes: 0, alikeCount: 0, problems: [{ line: 3, kind: 'emailTaken' }] })
    expect(await people(tom)).toMatchObject([{ name: 'Theirs', trainerName: 'Tom Trainer', city: 'Sfax' }])
    expect((await people(admin)).find(({ email }) => email)).toMatchObject({ city: 'Gafsa', trainerName: null })
  })

  it('keeps an address that was taken between preview and write out of the import, and names the row', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const { file } = await planned(admin, 'name,email\nMaria,m@example.org\nMario,\n')
    await admin.beneficiaries.create({ name: 'First', email: 'm@example.org' })
    const { importId } = await admin.peopleImports.begin({ fileId: file.fileId })
    const reached = await admin.peopleImports.addSome({ importId, fileId: file.fileId })
    expect(reached).toEqual({ added: 1, changed: 0, total: 2, failed: [2], isDone: true })
  })
})

describe('OneRoster', () => {
  it('brings learners with their classes and days of birth, and leaves teachers and the deleted out', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const files = {
      'users.csv':
        'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,email,phone\n' +
        'u1,active,,true,o1,student,amina,Amina,Haddad,A-1,amina@example.org,123456\n' +
        'u2,active,,true,o1,teacher,tom,Tom,Teacher,,tom@example.org,\n' +
        'u3,tobedeleted,,true,o1,student,gone,Gone,Away,,,\n' +
        'u4,active,,true,o1,student,omar,Omar,Said,,,\n',
      'classes.csv': 'sourcedId,status,title\nc1,active,Morning\nc2,active,Evening\n',
      'enrollments.csv':
        'sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role\n' +
        'e1,active,c1,o1,u1,student\ne2,active,c2,o1,u1,student\ne3,tobedeleted,c2,o1,u4,student\n',
      'demographics.csv': 'sourcedId,status,birthDate\nu1,active,2001-02-28\n',
      'orgs.csv': 'sourcedId,status,name,type\no1,active,School,school\n',
    }
    const encoded = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])
    const { plan } = await imported(admin, zipSync(Object.fromEntries(encoded)))
    expect(plan).toMatchObject({ adds: 2, problemCount: 0 })
    const [amina, omar] = await people(admin)
    expect(amina).toMatchObject({ name: 'Amina Haddad', number: 'A-1', dateOfBirth: '2001-02-28', phone: '123456' })
    expect(omar).toMatchObject({ name: 'Omar Said', number: 'u4' })
    expect(await admin.groups.list()).toMatchObject([
      { name: 'Evening', memberCount: 1 },
      { name: 'Morning', memberCount: 1 },
    ])
  })
})

describe('an import', () => {
  it('is taken back as a whole: new people go, changed files are what they were, new groups go', async () => {
    const { app, admin, clock } = await centre()
    await using _ = app
    const { id } = await admin.beneficiaries.create({ name: 'Here', number: '1', city: 'Gafsa' })
    clock.pass(1000)
    const { importId } = await imported(admin, 'name,number,city,group\nHere,1,Sfax,Morning\nNew,2,Sfax,Morning\n')
    expect(await admin.peopleImports.list()).toMatchObject([{ id: importId, added: 1, changed: 1, state: 'done' }])
    clock.pass(1000)
    expect(await admin.peopleImports.undoSome({ importId })).toEqual({ left: 0 })
    expect(await people(admin)).toMatchObject([{ id, name: 'Here', city: 'Gafsa', number: '1' }])
    expect(await admin.groups.list()).toEqual([])
    expect(await admin.peopleImports.list()).toEqual([])
    expect(await refusalKey(admin.peopleImports.undoSome({ importId }))).toBe('peopleImport.notFound')
  })

  it('stays when somebody has worked with one of its people since, or after a day', async () => {
    const { app, admin, email, clock } = await centre()
    await using _ = app
    // More than one step takes back: the last of them alone is enough, before anybody is taken out.
    const first = await imported(admin, ['name', ...Array.from({ length: 60 }, (_, at) => `Maria ${at}`)].join('\n'))
    clock.pass(1000)
    const id = Math.max(...(await people(admin)).map((one) => one.id))
    await admin.beneficiaries.setStatus({ id, status: 'inactive' })
    expect(await refusalKey(admin.peopleImports.undoSome({ importId: first.importId }))).toBe('peopleImport.inUse')
    expect(await admin.peopleImports.list()).toMatchObject([{ state: 'done', added: 60 }])
    const second = await imported(admin, 'name\nOther\n')
    const other = (await admin.beneficiaries.list({ search: 'other' })).rows[0]
    const { id: groupId } = await admin.groups.create({ name: 'Later' })
    clock.pass(1000)
    await admin.groups.addMembers({ id: groupId, beneficiaryIds: [other?.id ?? 0] })
    expect(await refusalKey(admin.peopleImports.undoSome({ importId: second.importId }))).toBe('peopleImport.inUse')
    const third = await imported(admin, 'name\nLast\n')
    clock.pass(25 * 3_600_000)
    await admin.identity.signIn({ email, password })
    expect(await refusalKey(admin.peopleImports.undoSome({ importId: third.importId }))).toBe('peopleImport.tooLate')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 62 })
  })

  it('is somebody’s: another trainer neither sees it nor takes it back', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const tom = await testTrainer(app, admin)
    const tina = await testTrainer(app, admin, 'Tina Teacher')
    const { file, plan } = await planned(tom, 'name\nMaria\n')
    expect(await refusalKey(tina.peopleImports.begin({ fileId: file.fileId }))).toBe('peopleImport.fileGone')
    const importId = await carriedOut(tom, file.fileId, plan)
    expect(await tina.peopleImports.list()).toEqual([])
    expect(await refusalKey(tina.peopleImports.undoSome({ importId }))).toBe('peopleImport.notFound')
    expect(await refusalKey(tina.peopleImports.stop({ importId }))).toBe('peopleImport.notFound')
    expect(await admin.peopleImports.list()).toMatchObject([{ byName: 'Tom Trainer' }])
  })

  it('names what it has reached when the program is started anew in the middle, and goes back from there', async () => {
    const { app, admin } = await centre()
    await using _ = app
    const rows = Array.from({ length: 130 }, (_, index) => `Person ${index},${index}`)
    const { file } = await planned(admin, `name,number\n${rows.join('\n')}\n`)
    const { importId } = await admin.peopleImports.begin({ fileId: file.fileId })
    await admin.peopleImports.addSome({ importId, fileId: file.fileId })
    await app.restart()
    const step = admin.peopleImports.addSome({ importId, fileId: file.fileId })
    expect(await refusalKey(step)).toBe('peopleImport.fileGone')
    expect(await admin.peopleImports.list()).toMatchObject([{ state: 'running', added: 50, total: 130 }])
    const again = await planned(admin, `name,number\n${rows.join('\n')}\n`)
    expect(again.plan).toMatchObject({ adds: 80, same: 50 })
    await admin.peopleImports.stop({ importId })
    expect(await admin.peopleImports.undoSome({ importId })).toEqual({ left: 0 })
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 0 })
  })
})
