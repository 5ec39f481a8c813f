import { describe, expect, it } from 'vitest'
import { statementsOf, wordsOf } from '../../main/database/statements.ts'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { notAdditive } from './additive.ts'

/** The last step of the first version that anybody got; steps up to it made a schema that nobody had before. */
const firstRelease = { sqlite: 5, postgres: 3 }

describe.each(['sqlite', 'postgres'] as const)('the steps of %s', (dialect) => {
  const steps = stepsIn(migrationsFolder(dialect))

  it('only add to what machines of the version before know', () => {
    const harmful = steps.filter(({ number }) => number > firstRelease[dialect]).flatMap(({ up }) => notAdditive(up))
    expect(harmful).toEqual([])
  })

  it('leave transactions and pragmas to the runner', () => {
    const words = steps.flatMap(({ up, down }) => statementsOf(up + down).map((statement) => wordsOf(statement)[0]))
    expect(words).not.toEqual([])
    expect(
      words.filter((word) => /^(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|VACUUM|ATTACH)$/.test(word ?? '')),
    ).toEqual([])
  })
})

describe('a step after the first release', () => {
  it.each([
    ['drops a table', 'DROP TABLE profiles;'],
    ['drops a table as if in passing', '/* tidy */ drop table if exists profiles;'],
    ['drops a column', 'ALTER TABLE users DROP COLUMN last_login;'],
    ['renames a column', 'ALTER TABLE users RENAME COLUMN name TO full_name;'],
    ['renames a table', 'ALTER TABLE users RENAME TO people;'],
    ['adds a column that old machines do not fill', 'ALTER TABLE users ADD COLUMN pin TEXT NOT NULL;'],
    ['adds a unique column', 'ALTER TABLE users ADD COLUMN pin text UNIQUE;'],
    ['adds a column and drops one', 'ALTER TABLE users ADD COLUMN pin text, DROP COLUMN name;'],
    ['changes a type', 'ALTER TABLE users ALTER COLUMN name TYPE varchar(10);'],
    ['adds a constraint', 'ALTER TABLE users ADD CONSTRAINT short CHECK (length(name) < 10);'],
    ['makes an old table unique in something', 'CREATE UNIQUE INDEX idx_users_name ON users (name);'],
    ['drops an index for good', 'DROP INDEX idx_users_role;'],
    [
      'drops a trigger and makes another',
      'DROP TRIGGER a; CREATE TRIGGER b AFTER INSERT ON users BEGIN SELECT 1; END;',
    ],
    ['deletes rows', 'DELETE FROM settings;'],
    ['hides what it does', 'DO $$ BEGIN DROP TABLE users; END $$;'],
  ])('is refused if it %s', (_, sql) => {
    expect(notAdditive(sql)).toContain(statementsOf(sql)[0])
  })

  it.each([
    [
      'makes a table',
      'CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; CREATE UNIQUE INDEX i ON rooms (name);',
    ],
    [
      'adds a column',
      `ALTER TABLE users ADD COLUMN pin TEXT; ALTER TABLE users ADD COLUMN "level" TEXT NOT NULL DEFAULT 'none';`,
    ],
    [
      'makes an index or a view',
      'CREATE INDEX idx_users_name ON users (name); CREATE VIEW staff AS SELECT * FROM users;',
    ],
    [
      'makes a trigger again',
      'DROP TRIGGER a; CREATE TRIGGER a AFTER INSERT ON users BEGIN DELETE FROM people_index; END;',
    ],
    ['has something derived made anew', 'DELETE FROM people_index; DELETE FROM message_texts;'],
    ['fills what it added', `INSERT INTO settings (id) VALUES (1); UPDATE users SET pin = '; DROP TABLE users;';`],
    [
      'secures rows at the centre',
      'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON users USING (true); GRANT SELECT ON users TO device;',
    ],
    ['replaces a function', 'CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM users; $$;'],
  ])('may pass if it %s', (_, sql) => {
    expect(notAdditive(sql)).toEqual([])
  })
})

describe('a migration is read statement by statement', () => {
  it('knows strings, names, comments, functions and the bodies of triggers', () => {
    const statements = [
      `INSERT INTO a VALUES ('it''s; fine', "odd;name")`,
      'CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM b; END',
      '-- not; here\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN PERFORM 1; END; $body$',
      'CREATE TRIGGER t AFTER UPDATE ON a EXECUTE FUNCTION f()',
      '/* nor; here */ SELECT 1',
    ]
    expect(statementsOf(`${statements.join(';\n')};\n-- the end;\n`)).toEqual(statements)
  })

  it('refuses a last statement without a semicolon', () => {
    expect(() => statementsOf('SELECT 1; SELECT 2')).toThrow('no semicolon at its end: SELECT 2')
  })
})
