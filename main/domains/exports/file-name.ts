/** A title as a name that every file system takes. */
export function fileNameOf(title: string): string {
  const plain = title
    .replaceAll(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
  return plain.replace(/[. ]+$/, '') || 'questions'
}
