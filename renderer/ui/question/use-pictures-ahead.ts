import { useQueries } from '@tanstack/react-query'
import type { PaperQuestion } from '../../../shared/contract/delivery.ts'
import { type PictureSource, pictureQuery } from './picture-source.ts'

/** Fetches all pictures of a paper at its beginning and holds them, so that a network that goes takes none of them away. */
export function usePicturesAhead(questions: readonly PaperQuestion[], source: PictureSource) {
  const pictures = questions.flatMap(({ images = [], options = [] }) => [
    ...images,
    ...options.flatMap(({ picture }) => picture ?? []),
  ])
  const images = [...new Set(pictures.map(({ image }) => image))]
  useQueries({ queries: images.map((image) => pictureQuery(source, image)) })
}
