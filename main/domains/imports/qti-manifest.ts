import type { Filing } from './qti-question.ts'
import { attribute, descendants } from './qti-xml.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

export interface ManifestItem {
  /** From the root of the package. */
  path: string
  filing: Filing
  /** Where the manifest names it. */
  line: number
}

/** The items that a package's manifest names, in its order, and how it files them (IMS content packaging, LOM). */
export function itemsOf(manifest: XmlElement, folder: string): ManifestItem[] {
  return itemsAmong(childrenNamed(childNamed(manifest, 'resources'), 'resource'), folder)
}

export function itemsAmong(resources: XmlElement[], folder: string): ManifestItem[] {
  return resources
    .filter((resource) => attribute(resource, 'type')?.startsWith('imsqti_item'))
    .map((resource) => ({
      path: pathFrom(folder, attribute(resource, 'href') ?? ''),
      filing: filingOf(resource),
      line: resource.line,
    }))
}

/** A path relative to a folder of the package, as a path from its root. */
export function pathFrom(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${folder}/${decoded(path)}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

function decoded(path: string): string {
  const [plain = ''] = path.split(/[?#]/)
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

function filingOf(resource: XmlElement): Filing {
  const metadata = childNamed(resource, 'metadata')
  if (!metadata) return {}
  const words = (element: XmlElement) => textWithin(element).replace(/\s+/g, ' ').trim()
  const tags = descendants(metadata, new Set(['keyword'])).map((one) => words(one).slice(0, 50).toWellFormed().trim())
  const [path] = descendants(metadata, new Set(['taxonPath']))
  const steps = path ? descendants(path, new Set(['entry'])).map(words) : []
  const category = steps
    .filter((step) => step !== '')
    .map((step) => step.replaceAll('/', '//'))
    .join('/')
  const own = [...new Set(tags)].filter((tag) => tag !== '').slice(0, 20)
  return {
    category: category !== '' && category.length <= 255 ? category : undefined,
    tags: own.length > 0 ? own : undefined,
  }
}
