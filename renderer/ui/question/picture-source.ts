import { queryOptions } from '@tanstack/react-query'
import { createContext } from 'react'
import type { Id } from '../../../shared/contract/base.ts'
import type { PictureContent } from '../../../shared/contract/documents.ts'
import { client } from '../../lib/client.ts'

/** Whose pictures the questions below show: those of the organization, or what stands in the paper of one attempt. */
export type PictureSource = { attemptId: Id } | 'organization'
export const PictureSourceContext = createContext<PictureSource>('organization')

/** The bytes behind a digest never change, so a picture is asked for once. */
export function pictureQuery(source: PictureSource, image: string) {
  return queryOptions({
    queryKey: ['picture', source, image],
    queryFn: async ({ signal }) => {
      const content =
        source === 'organization'
          ? await client.documents.picture({ image }, { signal })
          : await client.delivery.picture({ ...source, image }, { signal })
      return { width: content.width, height: content.height, blob: blobOf(content) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
}

function blobOf({ base64, mimeType }: PictureContent): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: mimeType })
}
