import { createRootRouteWithContext, createRoute, notFound, redirect } from '@tanstack/react-router'
import * as z from 'zod'
import { Id } from '../../shared/contract/base.ts'
import { JoinScreen } from '../features/classroom/join/JoinScreen.tsx'
import { AttemptScreen } from '../features/kiosk/AttemptScreen.tsx'
import { LearnerHome } from '../features/kiosk/LearnerHome.tsx'
import { api } from '../lib/client.ts'
import type { Entry, RouterContext } from '../lib/guards.ts'
import { PageMissing } from '../ui/PageMissing.tsx'
import { WholeProblem } from '../ui/PageProblem.tsx'

const root = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: PageMissing,
  errorComponent: WholeProblem,
})

async function isLetIn({ context }: Pick<Entry, 'context'>): Promise<boolean> {
  return (await context.queryClient.ensureQueryData(api.identity.me.queryOptions())).kind === 'kiosk'
}

async function onlyLetIn(entry: Pick<Entry, 'context'>) {
  if (!(await isLetIn(entry))) throw redirect({ href: '/join', replace: true })
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  async beforeLoad(entry) {
    throw redirect({ href: (await isLetIn(entry)) ? '/learn' : '/join', replace: true })
  },
})
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  validateSearch: z.object({ code: z.coerce.string().max(6).optional().catch(undefined) }),
  async beforeLoad(entry) {
    if (await isLetIn(entry)) throw redirect({ href: '/learn', replace: true })
  },
  component: JoinScreen,
})
const learn = createRoute({ getParentRoute: () => root, path: '/learn', beforeLoad: onlyLetIn, component: LearnerHome })
const sitting = createRoute({
  getParentRoute: () => root,
  path: '/learn/$attemptId',
  params: {
    parse: ({ attemptId }: { attemptId: string }) => {
      const id = Id.safeParse(Number(attemptId))
      if (!id.success) throw notFound()
      return { attemptId: id.data }
    },
    stringify: ({ attemptId }: { attemptId: Id }) => ({ attemptId: String(attemptId) }),
  },
  beforeLoad: onlyLetIn,
  component: AttemptScreen,
})

/** What a device of the room can open: the way in, the names, and one attempt from its first question to its outcome. */
export const roomRoutes = root.addChildren([home, join, learn, sitting])
