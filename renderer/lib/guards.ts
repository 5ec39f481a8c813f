import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { Me } from '../../shared/contract/identity.ts'
import type { SetupStatus } from '../../shared/contract/setup.ts'
import { mayUse, type ProcedureName } from '../../shared/permissions.ts'
import { api } from './client.ts'
import { actorKindOf } from './session.ts'

export interface RouterContext {
  queryClient: QueryClient
  /** Shows the pages that somebody who signs in has left here before; false when there are none. */
  comeBack: (me: Me) => boolean
  /** Covers this screen until its owner gives the password. */
  lock: () => void
}
export interface Entry {
  context: RouterContext
  location: { href: string }
}

/** Where somebody belongs who asks for no particular page. */
export function homeOf(me: Me, setup: SetupStatus['state']) {
  // A locked screen is covered; what is behind it opens when somebody signs in.
  if (me.kind === 'nobody' || me.kind === 'locked') return setup === 'ready' ? '/sign-in' : '/setup'
  const kind = actorKindOf(me)
  if (mayUse(kind, 'delivery.menu')) return '/learn'
  return mayUse(kind, 'today.waiting') ? '/today' : '/account'
}

export async function goHome({ context }: Pick<Entry, 'context'>): Promise<never> {
  throw redirect({ to: await homeFor(context), replace: true })
}

/** Lets in only the people whose home this page is, such as the first-run wizard or the sign-in. */
export function onlyAsHome(page: ReturnType<typeof homeOf>) {
  return async ({ context }: Pick<Entry, 'context'>) => {
    if ((await homeFor(context)) !== page) throw redirect({ to: '/', replace: true })
  }
}

/** Lets in whoever may use the procedure; nobody is asked to sign in and comes back to this page, the others go home. */
export function onlyWith(procedure: ProcedureName) {
  return async ({ context, location }: Entry) => {
    const me = await context.queryClient.ensureQueryData(api.identity.me.queryOptions())
    if (mayUse(actorKindOf(me), procedure)) return
    if (me.kind === 'nobody' && (await homeFor(context)) === '/sign-in') {
      throw redirect({ to: '/sign-in', search: { then: location.href }, replace: true })
    }
    throw redirect({ to: '/', replace: true })
  }
}

async function homeFor({ queryClient }: RouterContext) {
  const [me, status] = await Promise.all([
    queryClient.ensureQueryData(api.identity.me.queryOptions()),
    queryClient.ensureQueryData(api.setup.status.queryOptions()),
  ])
  return homeOf(me, status.state)
}
