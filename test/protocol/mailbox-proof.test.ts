import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { NOTE_LIMITS } from '../../src/ledger/note.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { encodeEvidence, parseEvidence } from '../../src/protocol/evidence.ts';
import { readMailboxHead, signMailboxHead } from '../../src/protocol/mailbox-head.ts';
import {
  type KnownLog,
  knownSizes,
  type LogVerdict,
  type ShownMailbox,
  verifyMailboxLog,
} from '../../src/protocol/mailbox-proof.ts';
import type { MailboxLog } from '../../src/protocol/wire-ledger.ts';
import * as world from './log-world.ts';
import { expectCode, noble, sodium } from './suites.ts';

const { FORMER, NOON, context, EMPTY, grown, ledgerKey, pointOf, promised, shownBy } = world;
const NOTHING: KnownLog = { promise: null, head: null };
const first = grown(EMPTY, 2);
const second = grown(first, 2, 0, NOON - 30);
const now = NOON;
const judge = (shown: ShownMailbox, known: KnownLog = NOTHING, at: number = now): LogVerdict =>
  verifyMailboxLog(sodium, context(), shown, known, at);
const code = (verdict: LogVerdict): string => (verdict.kind === 'alarm' ? verdict.code : verdict.kind);
const headOf = (shown: ShownMailbox & { log: MailboxLog }) =>
  readMailboxHead(sodium, shown.log.signed, ledgerKey);
const honest = shownBy(second, 4);
const before = shownBy(first, 2);
const kept: KnownLog = { promise: promised(pointOf(first.batches[0]!)), head: headOf(before) };
const asked = shownBy(second, 4, { sizes: knownSizes(kept) });
const changed = (change: Partial<MailboxLog>, shown = honest): ShownMailbox => ({
  ...shown,
  log: { ...shown.log, ...change },
});

describe('a mailbox that is shown as it was logged', () => {
  it('is verified, and says which day and how many steps', () => {
    expect(judge(honest)).toMatchObject({
      kind: 'verified',
      steps: 4,
      of: 4,
      day: '2026-11-23',
      compared: false,
    });
  });

  it('is verified by the other suite as well', () => {
    expect(verifyMailboxLog(noble, context(), asked, kept, now).kind).toBe('verified');
  });

  it('is compared with promise and head from before', () => {
    expect(judge(asked, kept)).toMatchObject({ kind: 'verified', compared: true, includeBy: null });
  });

  it('is compared with what was promised under a log whose place this one took, but for its sizes and times', () => {
    const lost = { size: 99_999, root: 'cd'.repeat(32) as Hash };
    const promise = promised(lost, NOON - 86_400, FORMER);
    expect(judge(honest, { promise, head: null })).toMatchObject({
      kind: 'verified',
      compared: true,
      renewed: '2026-11-01',
    });
    expect(judge(asked, kept)).toMatchObject({ renewed: null });
  });

  it('may be without a checkpoint of a log that has just taken the place of the one that was promised', () => {
    const promise = promised(pointOf(first.batches[0]!), NOON - 86_400, FORMER);
    expect(judge({ ...honest, log: null }, { promise, head: null }).kind).toBe('none');
  });

  it('may have newer steps that wait until the hour that is signed', () => {
    const waiting = shownBy(first, 4, { includeBy: NOON + 1800 });
    expect(judge(waiting)).toMatchObject({ kind: 'verified', steps: 2, of: 4, includeBy: NOON + 1800 });
  });

  it('may wait with every step before its first checkpoint', () => {
    const none = grown(EMPTY, 0);
    expect(judge(shownBy(none, 1))).toMatchObject({ kind: 'verified', steps: 0, of: 1 });
  });

  it('is not judged where nothing was ever published', () => {
    expect(judge({ ...honest, log: null }, { promise: promised(null), head: null }).kind).toBe('none');
  });
});

describe('the holder of a code is warned', () => {
  const other = (i: number, citizenPart: string) =>
    honest.steps.map((step, at) => (at === i ? { ...step, citizenPart } : step));

  it('of a state that is not the one logged', () => {
    const part = other(3, honest.steps[2]!.citizenPart);
    const told = { ...honest.told, stage: 'classified' };
    expect(code(judge({ ...honest, steps: part, told }))).toBe('shown_mismatch');
  });

  it('of a state told that no step leaves', () => {
    expect(code(judge({ ...honest, told: { ...honest.told, stage: 'resolved' } }))).toBe('state_mismatch');
  });

  it('of a step that is called another, so that it seems to leave another state', () => {
    const steps = honest.steps.map((step) => (step.no === 4 ? { ...step, type: 'submitted' } : step));
    const told = { ...honest.told, stage: 'submitted' };
    expect(code(judge({ ...honest, steps, told }))).toBe('state_mismatch');
  });

  it('of a head that was signed for something else', () => {
    expect(code(judge(changed({ signed: before.log.signed })))).toBe('state_mismatch');
  });

  it('of a tip that was dropped after the promise', () => {
    const dropped = shownBy(grown(EMPTY, 0), 1, { includeBy: NOON + 90_000 });
    const late = { promise: promised(null, NOON - 3600), head: null };
    expect(code(judge(dropped, late))).toBe('promise_missed');
    expect(code(judge({ ...honest, log: null }, late))).toBe('promise_missed');
  });

  it('of a step that a head from before promised and that is still not there', () => {
    const head = headOf(shownBy(first, 4, { includeBy: NOON - 3600 }));
    const again = shownBy(grown(first, 0), 4, { sizes: [head.head.size], includeBy: NOON + 90_000 });
    expect(code(judge(again, { promise: null, head }))).toBe('promise_missed');
  });

  it('of an old tail, a smaller log and another step in the place of one that was shown', () => {
    const known = { promise: null, head: headOf(honest) };
    expect(code(judge(shownBy(second, 3, { sizes: [second.nodes.length] }), known))).toBe('head_went_back');
    expect(code(judge(shownBy(first, 4), known))).toBe('head_went_back');
    expect(code(judge({ ...honest, log: null }, known))).toBe('head_went_back');
  });

  it('of a log that is not the one promised', () => {
    const forked = grown(grown(EMPTY, 2, 9), 2, 9);
    const shown = shownBy(forked, 4, { sizes: knownSizes(kept) });
    expect(code(judge(shown, { ...kept, head: null }))).toBe('log_fork');
    expect(code(judge(honest, kept))).toBe('log_fork');
  });

  it('of a promise that was given for another tip, for another log or by another key', () => {
    const { promise } = kept;
    const terms = { ...promise!.terms, leaf: world.STEPS[1]!.leaf as never };
    expect(code(judge(asked, { promise: { ...promise!, terms }, head: null }))).toBe('promise_leaf');
    const elsewhere = { ...promise!, terms: { ...promise!.terms, origin: 'other.example/ledger' } };
    expect(code(judge(asked, { promise: elsewhere, head: null }))).toBe('promise_mismatch');
    expect(code(judge(asked, { promise: { ...promise!, index: 1 }, head: null }))).toBe('promise_path');
  });

  it('of too few witnesses, an old checkpoint, another log and a note that is none', () => {
    const unwitnessed = honest.log.note.split('\n').filter((line) => !line.includes('witness.example'));
    expect(code(judge(changed({ note: unwitnessed.join('\n') })))).toBe('checkpoint_witnesses');
    expect(code(judge(honest, NOTHING, NOON + 49 * 3600))).toBe('checkpoint_stale');
    expect(code(judge(honest, NOTHING, NOON - 3600))).toBe('checkpoint_stale');
    expect(code(judge(changed({ note: honest.log.note.replaceAll('tin.example', 'tim.example') })))).toBe(
      'checkpoint_malformed',
    );
    expect(code(judge(changed({ note: 'x'.repeat(NOTE_LIMITS.bytes + 1) })))).toBe('checkpoint_malformed');
    expect(code(judge(changed({ note: first.batches[0]!.note })))).toBe('leaf_missing');
  });

  it.each<[string, Partial<MailboxLog>, string]>([
    ['an index less', { indices: honest.log.indices.slice(1) }, 'leaf_missing'],
    [
      'a hole between the steps',
      { indices: [honest.log.indices[0]!, null, ...honest.log.indices.slice(2)] },
      'leaf_missing',
    ],
    ['two steps at one place', { indices: honest.log.indices.map(() => 0) }, 'shown_mismatch'],
    [
      'a place beyond the log',
      { indices: honest.log.indices.map((at) => (at ?? 0) + 1e6) },
      'shown_mismatch',
    ],
    ['a hash less', { nodes: honest.log.nodes.slice(1) }, 'shown_mismatch'],
    ['a hash too many', { nodes: [...honest.log.nodes, honest.log.nodes[0]!] }, 'shown_mismatch'],
    ['a hash of another length', { nodes: ['AAAA'] }, 'checkpoint_malformed'],
    ['a field of another kind', { nodes: [7] as never }, 'checkpoint_malformed'],
    ['a field too many', { more: 1 } as never, 'checkpoint_malformed'],
  ])('of %s', (_, change, expected) => {
    expect(code(judge(changed(change)))).toBe(expected);
  });

  it('of steps without number 1 and of none at all', () => {
    expect(code(judge({ ...honest, steps: honest.steps.slice(1) }))).toBe('leaf_missing');
    expect(code(judge({ ...honest, steps: [] }))).toBe('leaf_missing');
  });
});

describe('whatever is altered on the way', () => {
  it('gives an alarm or the same verdict, never another one that is verified', () => {
    const { head: _, ...right } = judge(asked, kept) as Extract<LogVerdict, { kind: 'verified' }>;
    const text = JSON.stringify(asked);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(6), (at, bit) => {
        const letter = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        let altered: ShownMailbox;
        try {
          altered = JSON.parse(`${text.slice(0, at)}${letter}${text.slice(at + 1)}`);
        } catch {
          return;
        }
        const verdict = judge(altered, kept);
        if (verdict.kind === 'verified') {
          const { head: __, ...same } = verdict;
          expect(same).toEqual(right);
          expect(altered.told).toEqual(asked.told);
        } else expect(verdict.kind === 'alarm' || altered.log === null).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an evidence file', () => {
  const stolen = { ...asked, told: { ...asked.told, stage: 'archived' } };
  const verdict = judge(stolen, kept);
  const evidence = verdict.kind === 'alarm' ? verdict.evidence : null;

  it('leads an auditor to the same alarm', () => {
    const read = parseEvidence(sodium, encodeEvidence(evidence!), ledgerKey);
    expect(read).toEqual(evidence);
    expect(code(judge(read, read, read.seen))).toBe('state_mismatch');
  });

  it('that was altered or says too much is refused', () => {
    const text = JSON.stringify({
      ...JSON.parse(new TextDecoder().decode(encodeEvidence(evidence!))),
      more: 1,
    });
    expectCode(() => parseEvidence(sodium, utf8(text), ledgerKey), 'receipt_malformed');
    expectCode(() => parseEvidence(sodium, new Uint8Array(2_000_000), ledgerKey), 'receipt_malformed');
    expectCode(
      () => parseEvidence(sodium, encodeEvidence(evidence!), new Uint8Array(32)),
      'checkpoint_signature',
    );
  });
});

describe('a signed head', () => {
  it('is read as it was signed, and of no other key', () => {
    const { head, text } = headOf(honest);
    expect(signMailboxHead(sodium, world.signer, head)).toBe(text);
    expectCode(() => readMailboxHead(sodium, text, new Uint8Array(32).fill(4)), 'checkpoint_signature');
    expectCode(
      () => readMailboxHead(sodium, `${text} ${' '.repeat(3000)}`, ledgerKey),
      'statement_malformed',
    );
    expectCode(() => readMailboxHead(sodium, '{}', ledgerKey), 'statement_malformed');
  });
});
