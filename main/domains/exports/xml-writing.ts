/** Characters that XML 1.0 cannot hold in any spelling (section 2.2). */
const unwritable = /(?![\t\n\r\u007f-\u009f])[\p{Cc}\uFFFE\uFFFF]/gu

const spelled: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** Text as it stands in an element. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(unwritable, '')
    .replace(/[&<>\r]/g, (sign) => spelled[sign] ?? sign)
}

/** Text as it stands between the quotes of an attribute, where a line break would become a space. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
