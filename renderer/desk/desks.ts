import type { QueryClient } from '@tanstack/react-query'
import { createHashHistory } from '@tanstack/react-router'
import type { Id } from '../../shared/contract/base.ts'
import type { Me } from '../../shared/contract/identity.ts'
import { api, client } from '../lib/client.ts'
import { watchIdle } from '../lib/idle-watch.ts'
import { isThere } from '../lib/is-there.ts'
import { followNewsOfOtherWindows } from '../lib/news-follow.ts'
import { createQueryClient } from '../lib/query-client.ts'
import { refusalOf } from '../lib/refusal.ts'
import { followOtherWindows } from '../lib/results-follow.ts'
import { desktopShell } from '../lib/shell.ts'
import { createAppRouter } from '../router.ts'
import { type Desk, openDesk } from './desk.tsx'
import { type LockedMe, showLockCover } from './lock-cover.tsx'

/** So many people may have something half written at one screen; the one who has been away for longest gives way. */
const mostKept = 5

const heartbeatMs = 60_000

/**
 * Whose pages this window shows. When a screen is left, its pages are covered until their owner is back; when somebody else
 * signs in meanwhile, they get pages of their own, and the first one's wait for the first one.
 */
export async function openDesks(mount: HTMLElement) {
  const history = createHashHistory()
  const others = new BroadcastChannel('bdc-session')
  const kept = new Map<Id, Desk>()
  let desk: Desk | undefined
  let shown: QueryClient | undefined
  let takeCoverAway: (() => void) | undefined
  let isToUnlock = false
  let lastBeat = performance.now()

  function open() {
    const queryClient = createQueryClient({
      onSignedOut: (forget) => signedOut(forget),
      onLocked: () => cover(),
      onWaitingForUnlock: () => toUnlock(),
    })
    const router = createAppRouter({ queryClient, history, comeBack, lock })
    desk = openDesk(mount, { queryClient, router })
    shown = queryClient
    return queryClient
  }

  /** Covers what this person sees, and has the core lock the session unless it has already. */
  function lock() {
    if (!cover()) return
    others.postMessage('locked')
    client.identity.lock().catch(() => undefined)
  }

  function cover(): boolean {
    const me = desk?.me()
    if (!desk || takeCoverAway || me?.kind !== 'user') return false
    desk.cover()
    takeCoverAway = coverOf(me)
    return true
  }

  function coverOf(me: LockedMe) {
    const isWall = history.location.pathname === '/classroom'
    return showLockCover(mount, { me, isWall, onOpen: () => void uncover(), onLeave: () => void leave(me.user.id) })
  }

  /** The password was right: the core says whose session it is now. */
  async function uncover() {
    const me = await client.identity.me()
    if (me.kind !== 'user' || !takeCoverAway) return
    takeCoverAway()
    takeCoverAway = undefined
    const before = desk?.me()
    // In another window of this browser somebody else has signed in.
    if (before?.kind === 'user' && before.user.id !== me.user.id) putAside(before.user.id)
    if (desk) desk.uncover(me)
    else open()
    watch.touch()
    others.postMessage('open')
  }

  /** Somebody else wants to sign in: what the one before was writing is put aside. */
  async function leave(owner: Id) {
    await client.identity.signOut().catch(() => undefined)
    takeCoverAway?.()
    takeCoverAway = undefined
    putAside(owner)
    history.replace('/', undefined, { ignoreBlocker: true })
    open()
  }

  function signedOut(forget: () => void) {
    const me = desk?.me()
    if (takeCoverAway) return
    if (me?.kind !== 'user') {
      forget()
      history.push('/')
      return
    }
    desk?.cover()
    putAside(me.user.id)
    history.replace('/sign-in?ended=true', undefined, { ignoreBlocker: true })
    open()
  }

  /**
   * The host shows the page to unlock it instead of ours. What a learner sees stays, as they cannot unlock anything: it goes
   * on by itself afterwards.
   */
  function toUnlock() {
    if (isToUnlock) return
    isToUnlock = true
    const me = desk?.me()
    const isLearners = me?.kind === 'kiosk' || (me?.kind === 'user' && me.user.role === 'student')
    if (!isLearners) return window.location.reload()
    const asking = setInterval(async () => {
      if (!(await isThere())) return
      clearInterval(asking)
      isToUnlock = false
      void shown?.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
    }, 1_000)
  }

  function putAside(owner: Id) {
    if (desk) kept.set(owner, desk)
    desk = undefined
    for (const [id, oldest] of [...kept].slice(0, Math.max(0, kept.size - mostKept))) {
      oldest.clear()
      kept.delete(id)
    }
  }

  /** Gives somebody who has just signed in the pages they had here before; false when there are none. */
  function comeBack(me: Me): boolean {
    const own = me.kind === 'user' ? kept.get(me.user.id) : undefined
    if (!own || me.kind !== 'user') return false
    kept.delete(me.user.id)
    const between = desk
    desk = own
    // The pages of the sign-in are still at work on it.
    setTimeout(() => {
      between?.clear()
      own.uncover(me)
    })
    return true
  }

  const watch = watchIdle({
    limit() {
      const me = desk?.me()
      if (takeCoverAway || me?.kind !== 'user' || me.lockAfterSeconds === null) return undefined
      return me.lockAfterSeconds * 1000
    },
    onIdle: lock,
    onActive() {
      if (performance.now() - lastBeat < heartbeatMs || takeCoverAway || desk?.me()?.kind !== 'user') return
      lastBeat = performance.now()
      others.postMessage('active')
      client.identity.stayActive().catch((error: unknown) => {
        if (refusalOf(error)?.key === 'door.locked') cover()
      })
    },
  })
  others.addEventListener('message', ({ data }) => {
    if (data === 'active') watch.touch()
    if (data === 'locked') cover()
    if (data === 'open' && takeCoverAway) void uncover()
  })
  followOtherWindows(() => shown)
  followNewsOfOtherWindows(() => shown)
  desktopShell()?.onLocked(() => cover())

  const me = await client.identity.me().catch(() => undefined)
  if (me?.kind === 'locked') {
    takeCoverAway = coverOf(me)
    return
  }
  const queryClient = open()
  if (me) queryClient.setQueryData(api.identity.me.queryKey(), me)
}
