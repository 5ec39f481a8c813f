import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../database/write-durably.ts'
import { isGenuine, KeySlots, type Slot, signed } from './slots.ts'

/** Nothing in the file can be read, or it was changed without the key. */
export class KeysDamaged extends Error {
  override name = 'KeysDamaged'

  constructor(path: string, options?: ErrorOptions) {
    super(
      `The keys in ${path} are damaged, or were changed by something else than BDC: put back the copy that came with your last backup of this folder and start again. Nothing was changed.`,
      options,
    )
  }
}

/** Where the slots of the database beside them are: twice, so that one bad sector does not take the data with it. */
export function slotFiles(dataDir: string): [first: string, second: string] {
  return [join(dataDir, 'bdc.keys'), join(dataDir, 'bdc.keys.second')]
}

/** The slots as they stand in the two files, without those that cannot be read; undefined when there are no such files. */
export function readSlots(dataDir: string): KeySlots[] | undefined {
  const files = slotFiles(dataDir).filter((path) => existsSync(path))
  if (files.length === 0) return undefined
  const found = files.flatMap((path) => parsed(path))
  if (found.length === 0) throw new KeysDamaged(slotFiles(dataDir)[0])
  return found
}

/** Opens with whatever `open` makes of the slots of either file. A key whose slots were tampered with is not handed out. */
export async function openSlots<Opened extends OpenedSlot>(
  dataDir: string,
  open: (slots: Slot[]) => Promise<Opened | undefined>,
): Promise<Opened | undefined> {
  const files = readSlots(dataDir) ?? []
  let isTampered = false
  for (const file of files) {
    const opened = await open(file.slots)
    if (opened && isGenuine(file, opened.databaseKey)) return opened
    isTampered ||= opened !== undefined
  }
  if (isTampered) throw new KeysDamaged(slotFiles(dataDir)[0])
  return undefined
}

export interface OpenedSlot {
  slotId: string
  databaseKey: Buffer
}

export function writeSlots(dataDir: string, slots: Slot[], databaseKey: Buffer) {
  const text = `${JSON.stringify(signed(slots, databaseKey), null, 1)}\n`
  for (const path of slotFiles(dataDir)) writeDurably(path, text)
}

/** The slots that this key has signed. */
export function genuineSlots(dataDir: string, databaseKey: Buffer): Slot[] {
  const files = readSlots(dataDir)
  if (!files) return []
  const genuine = files.find((file) => isGenuine(file, databaseKey))
  if (!genuine) throw new KeysDamaged(slotFiles(dataDir)[0])
  return genuine.slots
}

function parsed(path: string): KeySlots[] {
  try {
    return [KeySlots.parse(JSON.parse(readFileSync(path, 'utf8')))]
  } catch {
    return []
  }
}
