import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Id } from '../../shared/contract/base.ts'
import { api } from '../lib/client.ts'

/** Which photo of whom: the digest comes with the file or the row of a list. */
export interface Photo {
  beneficiaryId: Id
  image: string
}

export function photoOf({ id, photo }: { id: Id; photo: string | null }): Photo | null {
  return photo === null ? null : { beneficiaryId: id, image: photo }
}

/** A row that only flies past while somebody scrolls asks for nothing. */
const pauseMs = 150

/** An address for the photo once it is there; undefined where it is on another machine, and the initials stay. */
export function usePhoto(photo: Photo): string | undefined {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), pauseMs)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useQuery(
    api.photos.get.queryOptions({
      input: photo,
      enabled: isWanted,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      retry: false,
    }),
  )
  return data ? `data:image/jpeg;base64,${data.base64}` : undefined
}
