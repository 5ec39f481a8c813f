import { useBlocker } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Attempt } from '../../../../shared/contract/delivery.ts'
import { usePageTitle } from '../../../ui/page-title.ts'
import { type AttemptSession, createAttemptSession } from '../attempt-session.ts'
import { unsavedQuestions } from '../drafts.ts'
import { IdleGuard } from '../home/IdleGuard.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import { keptDrafts } from '../kept-drafts.ts'
import { attemptCalls } from './attempt-calls.ts'
import { HandInBar } from './HandInBar.tsx'
import { HandingIn } from './HandingIn.tsx'
import { Paused } from './Paused.tsx'
import { ProgressMap } from './ProgressMap.tsx'
import { ProgressSheet } from './ProgressSheet.tsx'
import { QuestionPanel } from './QuestionPanel.tsx'
import { QuestionTurner } from './QuestionTurner.tsx'
import classes from './Sitting.module.css'
import { StopForNow } from './StopForNow.tsx'
import { Summary } from './Summary.tsx'
import { SittingContext } from './session-context.ts'
import { Timer } from './Timer.tsx'
import { TroubleBanner } from './TroubleBanner.tsx'

/** The core takes no more answers. */
export interface Ending {
  isTimeUp: boolean
  /** Questions whose last change came too late. */
  lost: readonly Id[]
}

interface SittingProps {
  /** As it was when this screen opened it. */
  attempt: Attempt
  onOver: (end: Ending) => void
}

/** Without a time limit nothing else would ever free a kiosk whose learner has gone. */
const walkedAwayMs = 15 * 60_000

/** The learner answers: one question at a time, with everything that says where they stand. */
export function Sitting({ attempt, onOver }: SittingProps) {
  usePageTitle(attempt.title)
  const [session] = useState(() =>
    createAttemptSession(attempt, attemptCalls(), () => performance.now(), keptDrafts(attempt.id, localStorage)),
  )
  const [isChecking, setChecking] = useState(false)
  const main = useRef<HTMLElement>(null)
  const phase = useStore(session.store, (state) => state.phase)
  useLife(session, onOver)
  useUnsavedGuard(session)
  useEffect(() => scrollToTop(main.current), [isChecking])

  const sitting = useMemo(
    () => ({
      attempt,
      session,
      isChecking,
      check() {
        session.drafts.flush()
        setChecking(true)
      },
      goTo(questionId: Id) {
        setChecking(false)
        session.turnTo(questionId)
        scrollToTop(main.current)
      },
    }),
    [attempt, session, isChecking],
  )
  const isPaused = useStore(session.store, ({ clock }) => clock.isPaused === true)
  const isWriting = phase === 'writing' && !isPaused
  return (
    <SittingContext value={sitting}>
      <KioskFrame
        mainRef={main}
        start={<Heading title={attempt.title} />}
        end={
          <>
            <Timer />
            <StopForNow />
          </>
        }
        banner={<TroubleBanner />}
        foot={isWriting && (isChecking ? <HandInBar /> : <QuestionTurner />)}
      >
        {attempt.remainingMs === null && <IdleGuard idleMs={walkedAwayMs} beforeLeaving={session.drafts.settled} />}
        {isWriting ? (
          <div className={classes.columns}>
            {isChecking ? <Summary /> : <QuestionPanel />}
            <div className={classes.side}>
              <ProgressMap />
            </div>
            <ProgressSheet />
          </div>
        ) : phase === 'writing' ? (
          <Paused />
        ) : (
          <HandingIn />
        )}
      </KioskFrame>
    </SittingContext>
  )
}

/** `scrollTo` returns a promise in newer browsers, which an effect must not hand on. */
function scrollToTop(element: Element | null) {
  element?.scrollTo(0, 0)
}

function Heading({ title }: { title: string }) {
  return (
    <span className={classes.title} dir="auto">
      {title}
    </span>
  )
}

/** Signs of life while the screen is there; a phone that turns to another app saves first. */
function useLife(session: AttemptSession, onOver: SittingProps['onOver']) {
  const over = useEffectEvent(onOver)
  useEffect(() => {
    const stop = session.start()
    const unsubscribe = session.store.subscribe(({ phase, lost }, before) => {
      if (phase === 'over' && before.phase !== 'over') over({ lost, isTimeUp: before.phase === 'timeIsUp' })
    })
    const saveWhenHidden = () => document.hidden && session.drafts.flush()
    document.addEventListener('visibilitychange', saveWhenHidden)
    return () => {
      document.removeEventListener('visibilitychange', saveWhenHidden)
      unsubscribe()
      stop()
    }
  }, [session])
}

/** Neither the window nor this screen is left while an answer is only here. */
function useUnsavedGuard({ drafts }: AttemptSession) {
  const hasUnsaved = () =>
    drafts.store.getState().ended === null && unsavedQuestions(drafts.store.getState()).length > 0
  useBlocker({
    shouldBlockFn() {
      drafts.flush()
      return hasUnsaved()
    },
    enableBeforeUnload: hasUnsaved,
  })
}
