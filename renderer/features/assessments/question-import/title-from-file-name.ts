/** `unit_3-fractions.gift` reads as `unit 3 fractions`. */
export function titleFromFileName(name: string | null): string {
  if (!name) return ''
  return name
    .replace(/\.[^.]*$/, '')
    .replace(/[_-]+/g, ' ')
    .trim()
    .slice(0, 200)
}
