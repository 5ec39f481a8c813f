import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { atRest } from './screen.ts'

/** WCAG 2.2 A and AA. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** What axe says of colours. */
export const ofColours: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] }

/**
 * What axe finds on the page once it is at rest, and how far anything hangs over its side; one line for each. No page of ours
 * has a frame, so axe runs in the page itself, where it stays until the page is loaded anew.
 */
export async function barriersOn(page: Page, options: RunOptions = { runOnly: wcag }): Promise<string[]> {
  await atRest(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const found = await page.evaluate(async (chosen) => {
    const { axe: examiner } = globalThis as unknown as { axe: typeof axe }
    const { violations } = await examiner.run(document, { ...chosen, resultTypes: ['violations'] })
    const { scrollWidth, clientWidth } = document.documentElement
    return { violations, overhang: scrollWidth - clientWidth }
  }, options)
  return [
    ...found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    ...(found.overhang > 0 ? [`wider than the window by ${found.overhang}`] : []),
  ]
}
