import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** What proves an item: a test file below `tests`, and titles in it. */
type Proof = [file: string, ...titles: string[]]

interface Item {
  what: string
  proofs: Proof[]
}

/** The thirty items of hardening, and where each is proven. A title that no longer exists fails here. */
const items: Record<number, Item> = {
  1: {
    what: 'every window has every wall up',
    proofs: [
      ['hosts/electron/window.test.ts', 'has every wall up'],
      ['hosts/electron/source.test.ts', 'item 1: makes windows in one place'],
    ],
  },
  2: {
    what: 'the sandbox is raised before Electron is ready',
    proofs: [
      [
        'hosts/electron/shell.test.ts',
        'raises the sandbox and registers the scheme before Electron is ready, and opens a window only after',
      ],
    ],
  },
  3: {
    what: 'screens come over app://, which can bypass nothing; no file://',
    proofs: [
      [
        'hosts/electron/protocol.test.ts',
        'is standard and secure, and can neither bypass the CSP nor be read by other origins',
      ],
      ['tooling/source-rules.test.ts', 'plain HTTP to elsewhere, or a file address'],
    ],
  },
  4: {
    what: 'no address leads out of the screens',
    proofs: [
      [
        'hosts/electron/protocol.test.ts',
        'serves nothing but its own files, whatever odd addresses ask for',
        'refuses the method %s',
      ],
      ['hosts/http/screens.test.ts', 'serves nothing but its own files, whatever odd addresses and hosts ask for'],
    ],
  },
  5: {
    what: 'a content security policy by header, which a browser enforces',
    proofs: [
      ['hosts/headers.test.ts', 'allows nothing that it does not name', 'is 16 random bytes, new each time'],
      ['hosts/content-security.e2e.test.ts', 'stops a script that got into the page'],
      ['hosts/electron/protocol.test.ts', 'gives every answer the policy, also a refusal'],
    ],
  },
  6: {
    what: 'the HTTP host sends all security headers with everything',
    proofs: [
      ['hosts/headers.test.ts', 'item 6: sends the other headers too'],
      [
        'hosts/http/headers.test.ts',
        '%i for %s has all security headers',
        'of the door has them too, for every procedure',
      ],
    ],
  },
  7: {
    what: 'no navigation away from our page',
    proofs: [['hosts/electron/navigation.test.ts', 'denies ${event} to %j', 'allows ${event} inside the page itself']],
  },
  8: {
    what: 'no new window, and other programs only after the user has seen the address',
    proofs: [
      [
        'hosts/electron/navigation.test.ts',
        'opens no window for %j',
        'shows the whole address and opens it in the browser when the user agrees',
      ],
    ],
  },
  9: { what: 'no webview', proofs: [['hosts/electron/navigation.test.ts', 'item 9: attaches no webview']] },
  10: {
    what: 'every permission and device is refused unless named',
    proofs: [
      [
        'hosts/electron/permissions.test.ts',
        'knows the permissions of this Electron from its own types',
        'hands out no %s device',
        'shares no screen, pairs with nothing, and protects every class of USB device',
      ],
    ],
  },
  11: {
    what: 'only the top frame of our page is heard',
    proofs: [
      ['hosts/electron/source.test.ts', 'item 11: listens to the page in one file, and compares who asks each time'],
      ['hosts/electron/door-port.test.ts', 'item 11: who may knock', 'listens to one channel only'],
    ],
  },
  12: {
    what: 'what the page says is parsed, bounded, and never an unexpected throw',
    proofs: [
      [
        'hosts/electron/door-port.test.ts',
        'survives random messages without an unexpected throw',
        'answers an input that is too large with a refusal, without reading it, and goes on',
      ],
      [
        'access/contract-fuzz.test.ts',
        '%s meets whatever comes without an unexpected error, and what it refuses leaves no trace',
      ],
    ],
  },
  13: {
    what: 'the preload exposes what is named and no part of Electron',
    proofs: [
      ['hosts/electron/bridge.test.ts', 'exposes two facts, two questions and one message'],
      ['hosts/electron/source.test.ts', 'item 13: hands the page no part of Electron'],
    ],
  },
  14: {
    what: 'the core decides who may do what',
    proofs: [
      [
        'access/table.test.ts',
        'the table of permissions %s',
        'holds for every cell of a super admin, who works in another organization after entering it',
      ],
    ],
  },
  15: {
    what: 'fuses',
    proofs: [
      [
        'hosts/electron/packaging.test.ts',
        'stop the packaging when Electron has one that nobody decided about',
        'are set in the packaged program on %s',
      ],
    ],
  },
  16: {
    what: 'the archive of the program is checked at the start (the fuse; the start itself needs a package)',
    proofs: [['hosts/electron/packaging.test.ts', 'are set in the packaged program on %s']],
  },
  18: {
    what: 'there is no updater, so none can be misled',
    proofs: [['tooling/source-rules.test.ts', 'an updater or a crash reporter']],
  },
  19: {
    what: 'Electron is one of the newest three',
    proofs: [['hosts/hardening.test.ts', 'is one of the newest three']],
  },
  20: {
    what: 'no code from elsewhere',
    proofs: [['tooling/built-screens.test.ts', 'name no place in the world from which anything could come']],
  },
  21: {
    what: 'no network at all in ordinary use',
    proofs: [
      [
        'hosts/http/no-network.test.ts',
        'item 21: the program speaks to nobody beyond this machine, from its start to its end',
      ],
      ['hosts/electron/permissions.test.ts', 'item 21: no network', 'lets the page load %s'],
    ],
  },
  22: {
    what: 'no spelling dictionary is fetched',
    proofs: [['hosts/electron/permissions.test.ts', 'item 22: fetches no spelling dictionary']],
  },
  23: {
    what: 'the keychain: asynchronous, none that is plain text, and a way back when it is lost',
    proofs: [
      ['hosts/electron/source.test.ts', 'item 23: uses only the asynchronous keychain'],
      [
        'hosts/electron/keychain.test.ts',
        'makes no new key for a database whose key is gone',
        'says which keychain is wanted and which is there when it cannot be opened, and changes nothing',
        'does not trust a keychain that gives back something else',
      ],
      [
        'hosts/electron/shell.test.ts',
        'is made up for by the recovery code in the window, and the keychain of today opens the next start',
      ],
    ],
  },
  24: {
    what: 'no key in arguments, environment, files, output or core dumps',
    proofs: [
      ['database/no-plain-text.test.ts', 'is not written by the host, which would hold the key'],
      [
        'hosts/electron/bundle.test.ts',
        'starts, finds its migrations, makes an encrypted database and answers at the door',
      ],
      ['backup/proof.test.ts', 'has a key that nobody changes or takes away, and that stands readably in no file'],
    ],
  },
  25: {
    what: 'no readable text in any byte on the disk',
    proofs: [
      [
        'database/no-plain-text.test.ts',
        'stands in any byte of its folder: database, log, backups, aside, keys, or of what a command says',
      ],
      [
        'database/canary.test.ts',
        'writes no text readably into the database, its log, its copies, or what it is returned from',
      ],
    ],
  },
  26: {
    what: 'every file belongs to its owner alone',
    proofs: [
      ['database/no-plain-text.test.ts', 'is open to others: every file belongs to its owner alone, every folder too'],
    ],
  },
  27: {
    what: 'no developer tools and no debugger once released',
    proofs: [
      ['hosts/electron/menu.test.ts', 'item 27: has neither reload nor developer tools once released (macOS: %s)'],
      ['hosts/electron/window.test.ts', 'item 27: has no developer tools once released'],
      ['hosts/electron/shell.test.ts', 'does not start with %s once released'],
    ],
  },
  28: {
    what: 'no secret goes to the clipboard, so none has to be cleared from it; windows stay out of screenshots on demand',
    proofs: [
      ['tooling/source-rules.test.ts', 'the clipboard, or a frame of another page'],
      [
        'hosts/electron/content-protection.test.ts',
        'item 28: keeps every window out of screenshots from the moment somebody asks for it, also after the next start',
      ],
      ['hosts/electron/content-protection.test.ts', 'item 28: is asked for in the menu, where the system can do it'],
    ],
  },
  29: {
    what: 'no text becomes code, and no path is opened',
    proofs: [
      [
        'hosts/electron/source.test.ts',
        'item 29: opens no path of a user in another program, and puts no text into the page as code',
      ],
      ['tooling/source-rules.test.ts', 'HTML from text'],
    ],
  },
  30: {
    what: 'files are saved under names that stay in their folder and run nothing',
    proofs: [
      [
        'shared/file-name.test.ts',
        'is tried with sixty names at least',
        'stays in its folder, is shown as it is, is not run, and is not too long, whatever name comes',
      ],
      ['tooling/source-rules.test.ts', 'a file saved or opened under a name that was not looked at'],
    ],
  },
}

/** What only a packaged and signed program can show. */
const packaged: Record<number, string> = {
  16: 'one flipped byte in app.asar must keep the program from starting: needs a package for macOS or Windows',
  17: 'code signing and notarisation: needs a package and the certificates of the publisher',
}

/** The newest major version of Electron that was known, and when. */
const newestElectron = { major: 45, seen: '2026-11-26' }

const isTitle = (text: string, title: string) =>
  [`'${title}'`, `"${title}"`, `\`${title}\``].some((one) => text.includes(one))

describe('hardening', () => {
  it('has thirty items', () => {
    const numbers = [...Object.keys(items), ...Object.keys(packaged)].map(Number)
    expect([...new Set(numbers)].toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
  })

  const proofs = Object.entries(items).flatMap(([number, { what, proofs }]) =>
    proofs.map(([file, ...titles]) => ({ item: `${number}, ${what}`, file, titles })),
  )

  it.each(proofs)('item $item: is proven in $file', ({ file, titles }) => {
    const path = join(root, 'tests', file)
    expect(existsSync(path)).toBe(true)
    const text = readFileSync(path, 'utf8')
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter((title) => !isTitle(text, title))).toEqual([])
  })

  it('would notice a title that is gone', () => {
    expect(isTitle("it('has every wall up', () => {})", 'has every wall up')).toBe(true)
    expect(isTitle("it('has every wall down', () => {})", 'has every wall up')).toBe(false)
  })

  for (const [number, skipReason] of Object.entries(packaged)) {
    it(`item ${number} holds in the packaged program`, { skip: true, meta: { skipReason } }, () =>
      expect.fail(skipReason),
    )
  }
})

describe('item 19: Electron', () => {
  it('is one of the newest three', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const major = Number.parseInt(devDependencies.electron, 10)
    expect({ major, isRecent: major > newestElectron.major - 3 }).toEqual({ major, isRecent: true })
    expect(newestElectron.seen).toMatch(/^\d{4}-\d\d-\d\d$/)
  })
})
