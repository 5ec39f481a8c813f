import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DraftText, draftSaver, type Standing } from '../../renderer/features/messages/draft-saver.ts'
import { ConnectionLost } from '../../renderer/lib/connection.ts'

const text = (content: string): DraftText => ({
  replyTo: 'sender',
  recipients: { people: [], groups: [], roles: [] },
  subject: '',
  content,
  attachments: [],
})

/** A core that keeps what it is sent; each call takes its outcome from the list, and is fine after it. */
function core(outcomes: ('lost before' | 'lost after' | 'refused')[] = []) {
  const kept: [edit: number, content: string][] = []
  const standings: Standing[] = []
  const saver = draftSaver({
    edit: 0,
    async save({ content }, edit) {
      const outcome = outcomes.shift()
      if (outcome === 'refused') {
        const data = { key: 'draft.changedMeanwhile', params: {} }
        throw new ORPCError('CONFLICT', { data })
      }
      if (outcome === 'lost before') throw new ConnectionLost('gone')
      kept.push([edit, content])
      if (outcome === 'lost after') throw new ConnectionLost('gone')
      return { savedAt: `2026-03-01T09:00:0${edit}.000Z` }
    },
    onStanding: (standing) => standings.push(standing),
  })
  return { saver, kept, standing: () => standings.at(-1) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a draft that is being typed', () => {
  it('is saved when the typing pauses, and called saved only then', async () => {
    const { saver, kept, standing } = core()
    saver.change(text('a'))
    await vi.advanceTimersByTimeAsync(200)
    saver.change(text('ab'))
    await vi.advanceTimersByTimeAsync(200)
    expect(kept).toEqual([])
    expect(standing()).toMatchObject({ isDirty: true, savedAt: null })
    await vi.advanceTimersByTimeAsync(200)
    expect(kept).toEqual([[1, 'ab']])
    expect(standing()).toMatchObject({ isDirty: false, isSaving: false, savedAt: '2026-03-01T09:00:01.000Z' })
  })

  it('is saved at once before it is sent, and says which edit that was', async () => {
    const { saver, kept } = core()
    saver.change(text('a'))
    expect(await saver.flush()).toBe(1)
    saver.change(text('ab'))
    expect(await saver.flush()).toBe(2)
    expect(kept).toEqual([
      [1, 'a'],
      [2, 'ab'],
    ])
  })

  it('is sent again as it was after a lost connection, and then what was typed since', async () => {
    const { saver, kept, standing } = core(['lost after', 'lost before'])
    saver.change(text('a'))
    await vi.advanceTimersByTimeAsync(400)
    saver.change(text('ab'))
    expect(standing()).toMatchObject({ isDirty: true })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(kept).toEqual([
      [1, 'a'],
      [1, 'a'],
      [2, 'ab'],
    ])
    expect(standing()).toMatchObject({ isDirty: false, problem: null })
  })

  it('stays on the screen and is not sent again by itself when the core says no', async () => {
    const { saver, kept, standing } = core(['refused'])
    saver.change(text('a'))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(kept).toEqual([])
    expect(standing()).toMatchObject({ isDirty: true, isSaving: false })
    expect(standing()?.problem).toBeInstanceOf(ORPCError)
  })

  it('is not saved any more after it was thrown away', async () => {
    const { saver, kept } = core()
    saver.change(text('a'))
    saver.end()
    await vi.advanceTimersByTimeAsync(1000)
    expect(kept).toEqual([])
    expect(await saver.flush()).toBe(0)
  })
})
