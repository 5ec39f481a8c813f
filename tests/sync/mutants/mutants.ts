import { centreMutants } from './centre-mutants.ts'
import type { Mutant } from './mutant.ts'

const merge = 'main/sync/merge.ts'
const state = 'main/sync/state.ts'
const capture = 'main/sync/capture.ts'
const seal = 'main/sync/seal.ts'
const apply = 'main/sync/apply.ts'
const rows = 'main/sync/rows.ts'
const schema = 'main/sync/schema.ts'
const inbox = 'main/sync/inbox.ts'
const outbox = 'main/sync/outbox.ts'
const lives = 'main/sync/lives.ts'
const restamp = 'main/sync/restamp.ts'
const round = 'main/sync/round.ts'
const unsent = 'main/sync/unsent.ts'
const reference = 'tests/sync/reference'

export const mutants: readonly Mutant[] = [
  { name: 'the winner is whoever arrives', file: merge, from: 'order >= 0 ? [a, b] : [b, a]', to: '[a, b]' },
  { name: 'no site breaks a tie', file: state, from: 'return a[0] - b[0] || a[1] - b[1]', to: 'return a[0] - b[0]' },
  { name: 'what two deletions saw is not joined', file: merge, from: 'saw: joined(a.saw, b.saw)', to: 'saw: a.saw' },
  {
    name: 'what two states have seen is not joined',
    file: merge,
    from: 'seen: joined(aSeen, bSeen)',
    to: 'seen: aSeen',
  },
  {
    name: 'no conflict is noticed',
    file: merge,
    from: 'isQuiet || !isConcurrent ||',
    to: 'true || isQuiet || !isConcurrent ||',
  },
  {
    name: 'a succession is a conflict',
    file: merge,
    from: '&& !hasSeen(bSeen, aStamp) && !hasSeen(aSeen, bStamp)',
    to: '',
  },
  { name: 'one who had seen the other is asked', file: merge, from: ' && !hasSeen(aSeen, bStamp)', to: '' },
  {
    name: 'a read mark brings the dead back',
    file: merge,
    from: '!isQuiet && !hasSeen(deletion',
    to: '!hasSeen(deletion',
  },
  { name: 'the centre cannot bring a parent back', file: merge, from: 'registers.length > 0 && !', to: 'false && !' },
  {
    name: 'a deletion takes what it had not seen',
    file: merge,
    from: '&& !hasSeen(deletion.saw, stampOf(state, name))',
    to: '&& false',
  },
  {
    name: 'what was taken away comes back with an edit',
    file: merge,
    from: 'if (rules.deletionWins) return false',
    to: '',
  },
  { name: 'a register that is not there has a stamp', file: merge, from: 'comparePresence(a, b, columns) || ', to: '' },
  {
    name: 'who knew of a deletion is asked about it',
    file: merge,
    from: ' || hasSeen(seenBy(alive), dead.deletion.stamp)',
    to: '',
  },

  {
    name: 'a write is not above its row',
    file: capture,
    from: 'coalesce((SELECT highest + 1 FROM sync_rows WHERE table_number = ${number} AND id = ${side}.id), 0)',
    to: '0',
  },
  {
    name: 'what is applied counts as written here',
    file: capture,
    from: '(SELECT applying FROM local_site) = 0 AND ',
    to: '',
  },
  {
    name: 'a deletion saw nothing',
    file: capture,
    from: `|| coalesce(seen, '{"' || sync_rows.site || '":' || highest || '}') || '}'`,
    to: `|| '{}}'`,
  },
  {
    name: 'stamps of other registers are forgotten',
    file: capture,
    from: `json_patch(coalesce(sync_rows.stamps, '{}'), excluded.stamps)`,
    to: 'excluded.stamps',
  },
  {
    name: 'an edit is not sealed again',
    file: capture,
    from: 'highest = excluded.highest, change = excluded.change`',
    to: 'highest = excluded.highest`',
  },
  {
    name: 'an edit forgets what was seen',
    file: capture,
    from: 'merged = `seen = CASE WHEN ${alone} THEN NULL ELSE',
    to: 'merged = `seen = CASE WHEN true THEN NULL ELSE',
  },

  { name: 'the chain is not chained', file: seal, from: 'previous = envelope.hash', to: '' },
  {
    name: 'what is sealed is sealed again',
    file: seal,
    from: `replica.prepared('UPDATE sync_state SET sealed = ?').run(through)`,
    to: '',
  },
  {
    name: 'the first number of what is not sealed is left out',
    file: seal,
    from: 'change > 0 AND change > ? ORDER BY change',
    to: 'change > 0 AND change > ? + 1 ORDER BY change',
  },

  {
    name: 'what is applied is not joined with what is here',
    file: apply,
    from: 'state: known.reduce((state, one) => mergeRows(one, state, table.rules).state, incoming.state)',
    to: 'state: incoming.state',
  },
  {
    name: 'nothing is sealed before the others come in',
    file: apply,
    from: 'sealAll(replica, now.toISOString())',
    to: '',
    tests: ['device/seal.test.ts', 'device/round.test.ts'],
  },
  {
    name: 'a row stands before its parent',
    file: apply,
    from: `if (!hasParents(replica, table, state)) return 'parent'`,
    to: '',
  },
  {
    name: 'a row goes before its children',
    file: apply,
    from: `if (isReferredTo(replica, table, id)) return 'children'`,
    to: '',
  },
  {
    name: 'what waits is never tried again',
    file: apply,
    from: '        tryParkedAgain(replica, derived)',
    to: '        void tryParkedAgain',
  },
  {
    name: 'the clock of others is not heard',
    file: apply,
    from: `replica.prepared('UPDATE sync_state SET clock = ?').run(next)`,
    to: 'void next',
    tests: ['device/clock.test.ts'],
  },
  {
    name: 'a clock that is far ahead takes the others along',
    file: 'main/sync/clock.ts',
    from: 'received <= clockAt(now + patienceMs) ? Math.max(own, received) : own',
    to: 'Math.max(own, received)',
    tests: ['device/clock.test.ts'],
  },
  {
    name: 'the number at the centre is forgotten',
    file: rows,
    from: 'base = excluded.base',
    to: 'base = sync_rows.base',
    tests: ['device/leaves.test.ts'],
  },
  {
    name: 'a row that stands is not written over',
    file: schema,
    from: "ON CONFLICT (id) DO UPDATE SET ${sets.join(', ')}`",
    to: 'ON CONFLICT (id) DO NOTHING`',
  },
  {
    name: 'two rows that exchange their values wait for each other for ever',
    file: 'main/sync/unique.ts',
    from: 'if (!parkedAt(replica, table.number, holder)) return false',
    to: 'return false',
    tests: ['device/round.test.ts'],
  },
  { name: 'the pull ends with its first page', file: inbox, from: 'hasMore ? cursor : upto', to: 'upto' },

  {
    name: 'one envelope counts for the next as well',
    file: outbox,
    from: 'WHERE number > (SELECT acknowledged FROM sync_state) AND number > ?',
    to: 'WHERE number > (SELECT acknowledged FROM sync_state) + 1 AND number > ?',
  },
  {
    name: 'who lacked a parent is given up',
    file: outbox,
    from: `one.reason === 'parentMissing' && offerAnew(replica, one)`,
    to: 'false',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'what an older centre did not take is not offered again',
    file: round,
    from: 'if (offerLearned(round.replica, reply.tables))',
    to: 'void offerLearned\n  if (reply.tables === null)',
    tests: ['device/learned.test.ts'],
  },
  {
    name: 'a restored database goes on as it was',
    file: lives,
    from: 'becomeSite(replica, nextSpare(replica), random)\n    if (isUnsent)',
    to: 'void random\n    if (isUnsent)',
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'a restored database sends nothing in the name of its former life',
    file: lives,
    from: 'if (isUnsent) speakAs(replica, former ?? site)',
    to: 'if (isUnsent) speakAs(replica, null)',
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'what a life seals while its former one has not sent all goes in the name of that',
    file: seal,
    from: 'if (membership.former !== null) return false',
    to: '',
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'numbers begin again in a used block',
    file: lives,
    from: `prepared('UPDATE local_site SET site = ?').run(site)`,
    to: 'void site',
  },
  {
    name: 'a copy keeps the numbers of the other one',
    file: lives,
    from: 'whileApplying(replica, () => moveRows(replica.connection, moving))',
    to: 'void [whileApplying, moveRows]',
  },
  {
    name: 'numbers of what moved are given again',
    file: lives,
    from: 'if (before.former === null) countBeyond(replica, to)\n',
    to: 'void countBeyond\n',
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'a copy keeps the stamps of the other one',
    file: lives,
    from: 'restamp(replica, parting)',
    to: 'void restamp',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'a copy pulls nothing that the other one sent',
    file: lives,
    from: 'pullFromParting(replica)\n    const',
    to: 'void pullFromParting\n    const',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'a copy moves what was sent before its turn',
    file: seal,
    from: 'noteAhead(replica, rows, through)\n    replica',
    to: 'void noteAhead\n    replica',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'a copy takes rows that its twin wrote in its name',
    file: round,
    from: `if (reply.acknowledged !== state.acknowledged) return 'again'`,
    to: '',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'a later life forgets what was sealed before',
    file: unsent,
    from: 'ORDER BY number`,\n  ).all()',
    to: 'ORDER BY number`,\n  ).all().slice(0, 0)',
  },
  {
    name: 'the last envelope that the centre has is forgotten',
    file: outbox,
    from: 'number < (SELECT acknowledged FROM sync_state)`',
    to: 'number < (SELECT max(number) FROM sync_outbox)`',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'a copy says it saw what the other one wrote',
    file: restamp,
    from: 'return { ...seen, [from]: clock, [to]: Math.max(own, seen[to] ?? 0) }',
    to: 'return { ...seen, [to]: Math.max(own, seen[to] ?? 0) }',
  },
  {
    name: 'what a restored centre is asked again stays refused',
    file: lives,
    from: `prepared('DELETE FROM sync_refused WHERE envelope > ? AND seen_at IS NULL').run(acknowledged)`,
    to: 'void acknowledged',
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'the cursor stays where a restored centre never was',
    file: lives,
    from: 'cursor = min(cursor, ?), upto = NULL',
    to: 'cursor = max(cursor, 0 * ?), upto = NULL',
  },
  {
    name: 'what a restored centre lost is not offered',
    file: lives,
    from: 'const lost = `base > @head OR',
    to: 'const lost = `base > @head + 1000000000 OR',
  },
  {
    name: 'an earlier life is not offered',
    file: lives,
    from: '(@first = 1 AND change > 0',
    to: '(@first = 0 AND change > 0',
    tests: ['device/turns.test.ts'],
  },
  {
    name: 'envelopes are not sent again',
    file: outbox,
    from: `UPDATE sync_state SET acknowledged = ?, chain = ?').run(acknowledged, chain)`,
    to: `UPDATE sync_state SET acknowledged = max(acknowledged, ?), chain = coalesce(nullif(?, chain), chain)').run(acknowledged, chain)`,
    tests: ['device/lives.test.ts'],
  },
  {
    name: 'a restored centre is taken for a copied disk',
    file: round,
    from: `if (reply.status === 'fork') return 'again'`,
    to: `if (reply.status === 'fork') return part(round)`,
    tests: ['device/turns.test.ts'],
  },

  {
    name: 'the centre repairs no reference',
    file: `${reference}/arbitrate.ts`,
    from: '[reviveParents, emptyReferences, repairUniques]',
    to: '[repairUniques]',
  },
  {
    name: 'the centre repairs no unique value',
    file: `${reference}/arbitrate.ts`,
    from: '[reviveParents, emptyReferences, repairUniques]',
    to: '[reviveParents, emptyReferences]',
  },
  {
    name: 'an old number is a duplicate',
    file: `${reference}/push.ts`,
    from: 'centre.state.envelopes.get(`${head.site}:${head.number}`) === envelope.hash',
    to: 'head.number <= site.acknowledged',
  },
  {
    name: 'the chain is not looked at',
    file: `${reference}/push.ts`,
    from: 'head.number !== site.acknowledged + 1 || head.previous !== site.chain',
    to: 'head.number !== site.acknowledged + 1',
    tests: ['reference-centre.test.ts'],
  },
  {
    name: 'what was merged counts as an echo',
    file: `${reference}/push.ts`,
    from: 'echoOf: isEcho ? site : null',
    to: 'echoOf: isEcho ? site : site',
  },
  {
    name: 'the centre keeps its numbers',
    file: `${reference}/push.ts`,
    from: 'echoOf: isEcho ? site : null })\n    number(centre, stored)',
    to: 'echoOf: isEcho ? site : null })',
  },
  {
    name: 'the centre forgets conflicts',
    file: `${reference}/conflicts.ts`,
    from: 'outInsert(centre, organizationId, table, {',
    to: 'void ((..._: unknown[]) => outInsert)(centre, organizationId, table, {',
  },
  {
    name: 'the pull skips a row',
    file: `${reference}/pull.ts`,
    from: 'row.number > cursor && row.number <= end',
    to: 'row.number > cursor + 1 && row.number <= end',
  },
  {
    name: 'the pull gives what belongs to others',
    file: `${reference}/pull.ts`,
    from: 'row.organizationId === site.organizationId && ',
    to: '',
  },

  {
    name: 'somebody who came again leaves all the same',
    file: apply,
    from: '|| isNewerThan(replica, number, id, at)',
    to: '',
    tests: ['device/leaves.test.ts'],
  },
  {
    name: 'a kiosk waits for what it does not hear of',
    file: 'main/sync/referring.ts',
    from: 'reaches[name].kioskReads ||',
    to: 'true ||',
    tests: ['device/leaves.test.ts'],
  },
  {
    name: 'what the centre has forgotten stays',
    file: apply,
    from: 'dropForgotten(replica)\n',
    to: 'void dropForgotten\n',
    tests: ['device/forgotten.test.ts'],
  },
  {
    name: 'what the centre did not take goes with what it has forgotten',
    file: 'main/sync/forgotten.ts',
    from: 'SELECT 1 FROM sync_refused AS r',
    to: 'SELECT 1 FROM (SELECT * FROM sync_refused LIMIT 0) AS r',
    tests: ['device/forgotten.test.ts'],
  },
  {
    name: 'what a newer program wrote stays beside the row',
    file: capture,
    from: 'placeLearned(connection)\n',
    to: 'void placeLearned\n',
    tests: ['device/learned.test.ts'],
  },
  {
    name: 'what was written of a person who was erased elsewhere stays where it was written',
    file: 'main/domains/privacy/orders.ts',
    from: 'return hasRowsOfPerson(reader, personId)',
    to: 'return hasRowsOfPerson === undefined',
    tests: ['device/erasure.test.ts'],
  },
  {
    name: 'what was sealed before an erasure is kept when it has arrived',
    file: outbox,
    from: '    forgetErased(replica)\n',
    to: '    void forgetErased\n',
    tests: ['device/erasure.test.ts'],
  },
  {
    name: 'an image of what was deleted before an erasure stays',
    file: 'main/domains/privacy/finish-erasure.ts',
    from: '  forgetImages(connection)\n',
    to: '  void forgetImages\n',
    tests: ['device/erasure.test.ts'],
  },

  ...centreMutants,
]
