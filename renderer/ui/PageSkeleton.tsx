import { Skeleton } from '@mantine/core'
import { LoadingRows } from './LoadingRows.tsx'
import { Page } from './Page.tsx'

/** What stands on the screen while a page is on its way. */
export function PageSkeleton() {
  return (
    <Page>
      <Skeleton height={28} width="14rem" />
      <LoadingRows />
    </Page>
  )
}
