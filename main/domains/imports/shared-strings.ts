import { elementBlocks } from './element-blocks.ts'

/** In characters of XML: a cell holds 32,767, which may all be spelled as entities. */
const longest = 256 * 1024

/** What stands within each `<si>` of the strings that cells name by number (ECMA-376, part 1, 18.4). */
export async function sharedStrings(
  xml: string,
  most: number,
  breathe: () => Promise<void>,
): Promise<string[] | { refusal: string }> {
  const strings: string[] = []
  for (const { xml: item } of elementBlocks(xml, 'si')) {
    if (strings.length % 100 === 0) await breathe()
    if (item.length > longest) return { refusal: `a text of ${item.length} characters` }
    if (strings.length >= most) return { refusal: `more than ${most} texts` }
    strings.push(/^<si(?:\s[^<>]*)?(?<!\/)>(.*)<\/si\s*>$/s.exec(item)?.[1] ?? '')
  }
  return strings
}
