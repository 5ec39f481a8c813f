/** Not written yet. */
export function PracticeBanner() {
  return null
}
