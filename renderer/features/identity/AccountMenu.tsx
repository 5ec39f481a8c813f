/** Not written yet. */
export function AccountMenu() {
  return null
}
