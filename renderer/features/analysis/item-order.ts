import { type ItemStatistics, itemFlagKinds } from '../../../shared/contract/analytics.ts'

export const itemOrders = ['paper', 'striking', 'hardest'] as const
export type ItemOrder = (typeof itemOrders)[number]

/** As on the paper; what needs a look first; or what fewest could do first. */
export function inOrder(items: readonly ItemStatistics[], order: ItemOrder): ItemStatistics[] {
  switch (order) {
    case 'paper':
      return [...items]
    case 'striking':
      return items.toSorted((a, b) => gravity(a) - gravity(b))
    case 'hardest':
      return items.toSorted((a, b) => (a.facility ?? 2) - (b.facility ?? 2))
  }
}

/** The place of its gravest flag. */
function gravity({ flags }: ItemStatistics): number {
  return Math.min(itemFlagKinds.length, ...flags.map(({ kind }) => itemFlagKinds.indexOf(kind)))
}
