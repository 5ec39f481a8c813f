import { QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Me } from '../../shared/contract/identity.ts'
import { WallEntrance } from '../features/classroom/WallEntrance.tsx'
import { LockScreen } from '../features/identity/LockScreen.tsx'
import { Providers } from '../Providers.tsx'

export type LockedMe = Extract<Me, { kind: 'locked' | 'user' }>

interface LockCoverOptions {
  me: LockedMe
  /** The screen that was left shows how devices come into the room. */
  isWall: boolean
  onOpen: () => void
  onLeave: () => void
}

/** The screen in front of a covered desk, apart from everything that belongs to it; returns how to take it away. */
export function showLockCover(mount: HTMLElement, { isWall, ...options }: LockCoverOptions): () => void {
  const host = document.createElement('div')
  const root = createRoot(host)
  mount.append(host)
  const queryClient = new QueryClient({ defaultOptions: { mutations: { networkMode: 'always' } } })
  root.render(
    <StrictMode>
      <Providers queryClient={queryClient}>
        <LockScreen {...options} coverWith={(usual) => (isWall ? <WallEntrance otherwise={usual} /> : usual)} />
      </Providers>
    </StrictMode>,
  )
  return () => {
    root.unmount()
    host.remove()
  }
}
