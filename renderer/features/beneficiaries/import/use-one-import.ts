import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/client.ts'

/** One of the imports that can still be taken back. */
export function useOneImport(id: number | null) {
  const { data = [] } = useQuery(api.peopleImports.list.queryOptions())
  return data.find((one) => one.id === id)
}
