/** `$$…$$` stands for a displayed formula in Moodle and in most tools that use MathJax; here `\[…\]` does. */
export function withOurFormulas(text: string): string {
  if (!text.includes('$$')) return text
  return text.replace(/\$\$([^$]+)\$\$/g, (_, formula: string) => `\\[${formula}\\]`)
}
