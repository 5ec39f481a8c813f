import { useEffect } from 'react'

/** Names the window after the page; a panel that closes gives the name back. */
export function usePageTitle(title: string) {
  useEffect(() => {
    const before = document.title
    document.title = `${title} · BDC`
    return () => {
      document.title = before
    }
  }, [title])
}
