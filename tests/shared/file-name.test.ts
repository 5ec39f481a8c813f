import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNameOf, safeFileName } from '../../shared/file-name.ts'

const rtl = '\u202E'
const long = 'é'.repeat(5000)

const names: [string, string][] = [
  ['report.pdf', 'report.pdf'],
  ['Report.PDF', 'Report.pdf'],
  ['تقرير الفصل.pdf', 'تقرير الفصل.pdf'],
  ['Équipe n° 3.docx', 'Équipe n° 3.docx'],
  ['家.xlsx', '家.xlsx'],
  ['x.pdf.exe', 'x.pdf.exe.bin'],
  ['x.exe.pdf', 'x.exe.pdf'],
  ['x.exe', 'x.exe.bin'],
  ['x.EXE', 'x.EXE.bin'],
  ['x.scr', 'x.scr.bin'],
  ['x.com', 'x.com.bin'],
  ['x.bat', 'x.bat.bin'],
  ['x.cmd', 'x.cmd.bin'],
  ['x.ps1', 'x.ps1.bin'],
  ['x.vbs', 'x.vbs.bin'],
  ['x.js', 'x.js.bin'],
  ['x.hta', 'x.hta.bin'],
  ['x.msi', 'x.msi.bin'],
  ['x.jar', 'x.jar.bin'],
  ['x.lnk', 'x.lnk.bin'],
  ['x.url', 'x.url.bin'],
  ['x.desktop', 'x.desktop.bin'],
  ['x.sh', 'x.sh.bin'],
  ['x.app', 'x.app.bin'],
  ['x.dmg', 'x.dmg.bin'],
  ['x.AppImage', 'x.AppImage.bin'],
  ['x.html', 'x.html.bin'],
  ['x.svg', 'x.svg.bin'],
  ['x.docm', 'x.docm.bin'],
  ['x.xlsm', 'x.xlsm.bin'],
  ['autorun.inf', 'autorun.inf.bin'],
  ['desktop.ini', 'desktop.ini.bin'],
  ['.bashrc', 'bashrc.bin'],
  ['.htaccess.pdf', 'htaccess.pdf'],
  [`invoice${rtl}fdp.exe`, 'invoice fdp.exe.bin'],
  [`invoice${rtl}exe.pdf`, 'invoice exe.pdf'],
  ['a\u200Bb.pdf', 'a b.pdf'],
  ['a\u2066b\u2069.pdf', 'a b.pdf'],
  ['x.pdf\u200B.exe', 'x.pdf .exe.bin'],
  ['CON', '_CON.bin'],
  ['con.pdf', '_con.pdf'],
  ['CON.x.pdf', '_CON.x.pdf'],
  ['nul .pdf', '_nul.pdf'],
  ['LPT¹.txt', '_LPT¹.txt'],
  ['COM9.csv', '_COM9.csv'],
  ['CONIN$.csv', '_CONIN$.csv'],
  ['contact.csv', 'contact.csv'],
  ['../../etc/passwd', 'etc passwd.bin'],
  ['..\\..\\evil.pdf', 'evil.pdf'],
  ['/root/x.pdf', 'root x.pdf'],
  ['C:\\x.pdf', 'C x.pdf'],
  ['\\\\server\\share\\x.pdf', 'server share x.pdf'],
  ['x.txt:evil.exe', 'x.txt evil.exe.bin'],
  ['x.pdf::$DATA', 'x.pdf $DATA.bin'],
  ['x\0.pdf', 'x.pdf'],
  ['x\r\nSet-Cookie: a.pdf', 'x Set-Cookie a.pdf'],
  ['x.exe.', 'x.exe.bin'],
  ['x.exe ', 'x.exe.bin'],
  ['x.exe. . .', 'x.exe.bin'],
  ['-rf.txt', 'rf.txt'],
  ['~$x.docx', '$x.docx'],
  ['a<b>"c|d?e*.pdf', 'a b c d e.pdf'],
  ['.', 'file.bin'],
  ['..', 'file.bin'],
  ['', 'file.bin'],
  ['   ', 'file.bin'],
  ['.pdf', 'pdf.bin'],
  ['\uD800.pdf', 'pdf.bin'],
  [`${long}.pdf`, `${'é'.repeat(100)}.pdf`],
  [`${long}.exe`, `${'é'.repeat(100)}.bin`],
  [`x.${'a'.repeat(5000)}`, `x.${'a'.repeat(198)}.bin`],
]

describe('the name a file is saved under', () => {
  it('is tried with sixty names at least', () => {
    expect(names.length).toBeGreaterThanOrEqual(60)
  })

  it.each(names)('of %j is %j', (given, saved) => {
    expect(safeFileName(given)).toBe(saved)
  })

  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '..',
      '/',
      '\\',
      '.exe',
      '.pdf',
      '.',
      ' ',
      rtl,
      'CON',
      'aux.',
      '\0',
      ':',
      '~',
      '-',
      'é'.repeat(300),
    ),
  )
  const anyName = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))

  it('stays in its folder, is shown as it is, is not run, and is not too long, whatever name comes', () => {
    const harmlessEnding =
      /\.(txt|csv|json|xml|gift|pdf|rtf|docx|xlsx|pptx|od[tsp]|png|jpe?g|gif|webp|heic|mp[34]|m4a|ogg|wav|zip|crt|ics|bdcsealed|bin)$/
    fc.assert(
      fc.property(anyName, (given) => {
        const saved = safeFileName(given)
        expect(saved).not.toMatch(/[\p{C}<>:"/\\|?*]|^[.\s~-]|[.\s]$/u)
        expect(saved).toMatch(harmlessEnding)
        expect(saved).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i)
        expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(255)
        expect(safeFileName(saved)).toBe(saved)
        expect(dirname(join('/folder', saved))).toBe('/folder')
      }),
      { numRuns: 5000 },
    )
  })

  it('is one that this file system takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bdc-names-'))
    try {
      for (const [given] of names) writeFileSync(join(folder, safeFileName(given)), '')
      expect(readdirSync(folder).toSorted()).toEqual([...new Set(names.map(([, saved]) => saved))].toSorted())
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the name that comes of a title', () => {
  it.each([
    ['Unit 1: fractions / decimals', 'Unit 1 fractions decimals'],
    ['aux', '_aux'],
    ['...', 'questions'],
    ['Ends with a point.', 'Ends with a point'],
  ])('%j is %j', (title, name) => {
    expect(fileNameOf(title, 'questions')).toBe(name)
  })
})
