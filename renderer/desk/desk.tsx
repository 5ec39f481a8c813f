import type { QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Activity, type ReactNode, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Me } from '../../shared/contract/identity.ts'
import { api } from '../lib/client.ts'
import { clearToasts } from '../lib/toast.ts'
import { Providers } from '../Providers.tsx'
import type { createAppRouter } from '../router.ts'

export interface DeskParts {
  queryClient: QueryClient
  router: ReturnType<typeof createAppRouter>
}

/**
 * The pages of one person, with everything that is half written in them. A desk that is covered asks the core for nothing and
 * is not in the document: nothing of it can be seen, searched for or read out. It comes back as it was.
 */
export interface Desk {
  me(): Me | undefined
  cover(): void
  /** Shows it again, where it was, to the same person. */
  uncover(me: Me): void
  /** Forgets it with all that was written there. */
  clear(): void
}

export function openDesk(mount: HTMLElement, { queryClient, router }: DeskParts): Desk {
  const host = document.createElement('div')
  const root = createRoot(host)
  const meKey = api.identity.me.queryKey()
  let kept: { href: string; scroll: Map<Element, number>; nodes: Node[] } | undefined

  const render = (mode: 'visible' | 'hidden') => root.render(onDesk(mode, { queryClient, router }))
  mount.append(host)
  render('visible')

  return {
    me: () => queryClient.getQueryData(meKey),
    cover() {
      if (kept) return
      clearToasts()
      const scroll = scrolledIn(host)
      const { href } = router.history.location
      void queryClient.cancelQueries()
      flushSync(() => render('hidden'))
      kept = { href, scroll, nodes: takeNodes(mount, host) }
    },
    uncover(me) {
      if (!kept) return
      const { href, scroll, nodes } = kept
      kept = undefined
      clearNodes(mount)
      mount.append(host)
      document.body.append(...nodes)
      router.history.replace(href, undefined, { ignoreBlocker: true })
      queryClient.setQueryData(meKey, me)
      flushSync(() => render('visible'))
      for (const [element, top] of scroll) element.scrollTop = top
      void queryClient.invalidateQueries()
    },
    clear() {
      root.unmount()
      host.remove()
      queryClient.clear()
      kept = undefined
    },
  }
}

function onDesk(mode: 'visible' | 'hidden', { queryClient, router }: DeskParts): ReactNode {
  return (
    <StrictMode>
      <Activity mode={mode}>
        <Providers queryClient={queryClient}>
          <RouterProvider router={router} />
        </Providers>
      </Activity>
    </StrictMode>
  )
}

/** Takes the pages out of the document, and the dialogs and notices that hang beside them; returns the latter. */
function takeNodes(mount: HTMLElement, host: HTMLElement): Node[] {
  host.remove()
  const beside = besides(mount)
  for (const node of beside) node.remove()
  return beside
}

/** What the screen in between has left behind. */
function clearNodes(mount: HTMLElement) {
  for (const node of besides(mount)) node.remove()
}

function besides(mount: HTMLElement): Element[] {
  return [...document.body.children].filter((node) => node !== mount && node.tagName !== 'SCRIPT')
}

/** An element that leaves the document forgets how far it was scrolled. */
function scrolledIn(host: HTMLElement): Map<Element, number> {
  const all = [document.documentElement, ...host.querySelectorAll('*')]
  return new Map(all.filter(({ scrollTop }) => scrollTop > 0).map((element) => [element, element.scrollTop]))
}
