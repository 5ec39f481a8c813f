import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'

const mostBytes = 64 * 1024 * 1024
const mostEntries = 5_000
const mostBytesInFile = 16 * 1024 * 1024
const mostBytesInAll = 128 * 1024 * 1024
/** Deflate cannot do more than 1,032 : 1; text in XML stays below 100. */
const highestRatio = 200
const smallAnyway = 1024 * 1024

/** Of what is in the zip, unfolded. */
interface ZipLimits {
  mostBytesInAll?: number
  mostBytesInFile?: number
}
const usualLimits = { mostBytesInAll, mostBytesInFile }

export type ZipFiles = Map<string, Uint8Array>

/**
 * The files of a zip by their paths, all in memory, of those whose path `isWanted`. A package that tries to reach
 * outside itself, to unfold into masses, or to hide its content is refused as a whole before anything is unfolded.
 */
export async function readZip(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean,
  limits: ZipLimits = {},
): Promise<{ files: ZipFiles } | { refusal: string }> {
  if (bytes.length > mostBytes) return { refusal: `${bytes.length} bytes` }
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
    if (zip.entryCount > mostEntries) return { refusal: `more than ${mostEntries} files` }
    const entries = await entriesOf(zip)
    const refusal = objectionTo(entries, { ...usualLimits, ...limits })
    if (refusal) return { refusal }
    const files: ZipFiles = new Map()
    for (const entry of entries) {
      if (isWanted(entry.fileName)) files.set(entry.fileName, await contentOf(zip, entry))
    }
    return { files }
  } catch (error) {
    return { refusal: (error instanceof Error ? error.message : 'unreadable').slice(0, 200) }
  }
}

/** The library refuses absolute paths and those with `..` by itself. */
async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  return entries
}

function objectionTo(entries: Entry[], most: Required<ZipLimits>): string | undefined {
  const names = new Set<string>()
  let sum = 0
  for (const entry of entries) {
    const { fileName, uncompressedSize, compressedSize } = entry
    sum += uncompressedSize
    if (fileName.includes('\0')) return 'a path with a zero in it'
    if (names.has(fileName)) return `${fileName} twice`
    if (entry.isEncrypted()) return `${fileName} is encrypted`
    if (isLink(entry)) return `${fileName} is a link`
    if (uncompressedSize > most.mostBytesInFile) return `${fileName}: ${uncompressedSize} bytes`
    if (uncompressedSize > smallAnyway && uncompressedSize > compressedSize * highestRatio)
      return `${fileName} is a bomb`
    if (sum > most.mostBytesInAll) return `more than ${most.mostBytesInAll} bytes unfolded`
    names.add(fileName)
  }
  return undefined
}

/** Unix keeps the kind of a file in the upper half of these attributes. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

/** The library stops a file that grows past the size which the directory of the zip states. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  const content = await zip.openReadStreamPromise(entry)
  for await (const chunk of content) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
