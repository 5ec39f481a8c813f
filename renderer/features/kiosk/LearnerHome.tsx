import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { mayUse } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useRouteReady } from '../../lib/use-route-ready.ts'
import { LearnerMenu } from './home/LearnerMenu.tsx'
import { learnerOf } from './home/people.ts'
import { RoomOr } from './home/RoomOr.tsx'
import { Roster } from './home/Roster.tsx'
import { useForgetErased } from './use-forget-erased.ts'

/** Where a learner begins: the names of a kiosk, or what there is to do. */
export function LearnerHome() {
  const me = useMe()
  useRouteReady('/learn/$attemptId')
  useForgetErased(mayUse(actorKindOf(me), 'delivery.erased'))
  const learner = learnerOf(me)
  const hasComeBack = useLocation({ select: ({ state }) => state.hasComeBack ?? false })
  const [resuming] = useState(hasComeBack ? null : learner?.id)
  if (!mayUse(actorKindOf(me), 'delivery.menu')) return null
  if (!learner) return <RoomOr fallback={<Roster />} />
  return <LearnerMenu key={learner.id} learner={learner} isResuming={resuming === learner.id} />
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The learner asked for the list, instead of arriving here by a start of the screen. */
    hasComeBack?: boolean
  }
}
