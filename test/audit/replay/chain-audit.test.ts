import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChainAudit } from '../../../src/audit/replay/chain-audit.ts';
import type { OpenedEvent, SignatureDue } from '../../../src/audit/replay/event.ts';
import { BatchTimes } from '../../../src/audit/replay/times.ts';
import type { CheckName } from '../../../src/audit/violation.ts';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import { utf8 } from '../../../src/protocol/bytes.ts';
import { type Dsse, encodeDsse } from '../../../src/protocol/dsse.ts';
import { parseEvent, signEvent } from '../../../src/protocol/event.ts';
import type { SignKeyPair } from '../../../src/protocol/suite.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { batchesOf, booksOf, chainsOf, inOrder, law, partOf, peopleOf } from './chains.ts';
import { type Lives, liveThrough } from './lives.ts';

let instance: Instance;
let lives: Lives;
let chains: ReadonlyMap<string, readonly OpenedEvent[]>;
let people: ReturnType<typeof peopleOf>;
let batches: BatchTimes;

beforeAll(async () => {
  instance = await openInstance();
  lives = await liveThrough(instance);
  chains = chainsOf(instance);
  people = peopleOf(instance);
  batches = batchesOf(chains, 20);
});
afterAll(() => instance.close());

interface Named {
  readonly check: CheckName;
  readonly subject: string;
  readonly no?: number;
}

/** Every fault of some chains, signatures checked. */
function audited(
  given: ReadonlyMap<string, readonly OpenedEvent[]>,
  options: { readonly batches?: BatchTimes; readonly without?: CheckName } = {},
): readonly Named[] {
  const { suite, pins } = instance;
  const world = {
    instance: pins.instance,
    law,
    people,
    ...booksOf(instance, people),
    batches: options.batches ?? batches,
    boxes: new Map(),
  };
  const audit = new ChainAudit(world, (name) => name !== options.without);
  const failing = (due: readonly SignatureDue[]) =>
    due.flatMap(({ signature, message, publicKey, fault }) =>
      suite.verify(signature, message, publicKey) ? [] : [fault],
    );
  const found: Named[] = [];
  for (const [subject, events] of inOrder(given)) {
    audit.begin(subject);
    for (const event of events) {
      const { faults, due } = audit.event(event);
      const { no } = event.parsed.header;
      found.push(...[...faults, ...failing(due)].map(({ check }) => ({ check, subject, no })));
    }
    found.push(...audit.end().faults.map(({ check }) => ({ check, subject })));
  }
  found.push(...audit.lostMerges().map(({ tip, fault }) => ({ check: fault.check, subject: `tip:${tip}` })));
  return found;
}

const WARNED: CheckName = 'readBeforeOpen';
const subjectOf = (tip: TipId) => `tip:${tip}`;
const withChain = (subject: string, change: (events: readonly OpenedEvent[]) => readonly OpenedEvent[]) =>
  new Map([...chains, [subject, change(chains.get(subject) ?? [])]]);

/** Replaces one event of a tip by what `change` makes of it. */
const withEvent = (subject: string, type: string, change: (event: OpenedEvent) => OpenedEvent) =>
  withChain(subject, (events) => {
    const at = events.findIndex(({ parsed }) => parsed.header.type === type);
    return events.map((event, i) => (i === at ? change(event) : event));
  });

/** The event with another envelope, and everything else as it was. */
const enveloped = (event: OpenedEvent, envelope: Partial<Dsse>): OpenedEvent => ({
  ...event,
  parsed: parseEvent(encodeDsse({ ...event.parsed.envelope, ...envelope })),
});
const signedBy = (event: OpenedEvent, signer: SignKeyPair): OpenedEvent => ({
  ...event,
  parsed: parseEvent(signEvent(instance.suite, event.parsed.envelope, signer)),
});
/** The event's header changed and signed anew by its own signer. */
const redated = (event: OpenedEvent, account: string, at: number): OpenedEvent => {
  const payload = JSON.parse(new TextDecoder().decode(event.parsed.envelope.payload)) as object;
  const text = utf8(JSON.stringify({ ...payload, at }));
  const made = {
    ...event,
    parsed: { ...event.parsed, envelope: { ...event.parsed.envelope, payload: text } },
  };
  return signedBy(made, instance.person(account).secrets.sign);
};

test('an honest instance gives nothing to complain of, reads apart', () => {
  const found = audited(chains);
  expect(found.filter(({ check }) => check !== WARNED)).toEqual([]);
});

test('who decides on a tip without having opened it is named, who opened it is not', () => {
  const warned = audited(chains).filter(({ subject }) => subject === subjectOf(lives.long.tip));
  const events = chains.get(subjectOf(lives.long.tip)) ?? [];
  const head = instance.person('tohieu.truong').id;
  const byHead = events.filter(
    ({ parsed: { header }, restricted }) => header.type === 'classified' && restricted.includes(head),
  );
  expect(warned.map(({ no }) => no)).toEqual(byHead.map(({ parsed }) => parsed.header.no));
});

describe('a chain', () => {
  const found = (given: ReadonlyMap<string, readonly OpenedEvent[]>) =>
    audited(given).filter(({ check }) => check === 'chainUnbroken');

  test('without one of its events is broken after it, once', () => {
    const subject = subjectOf(lives.long.tip);
    const given = withChain(subject, (events) => events.filter((_, i) => i !== 3));
    expect(found(given)).toEqual([{ check: 'chainUnbroken', subject, no: 5 }]);
  });

  test('with two events in each other’s place is broken', () => {
    const subject = subjectOf(lives.handed);
    const given = withChain(subject, ([a, b, c, ...more]) =>
      [a, c, b, ...more].filter((e) => e !== undefined),
    );
    expect(found(given).length).toBeGreaterThan(0);
  });

  test('of the service is one as well', () => {
    const given = withChain('directory', (events) => events.filter((_, i) => i !== 1));
    expect(found(given)).toEqual([{ check: 'chainUnbroken', subject: 'directory', no: 3 }]);
  });

  test('cannot have a later number in an earlier batch', () => {
    const subject = subjectOf(lives.long.tip);
    const given = withEvent(subject, 'archived', (event) => ({ ...event, index: 1 }));
    expect(found(given)).toMatchObject([{ subject }]);
  });

  test('goes on over events that were shredded, whose leaves stand in for them', () => {
    const events = chains.get(subjectOf(lives.long.tip)) ?? [];
    const { pins } = instance;
    const audit = new ChainAudit({
      instance: pins.instance,
      law,
      people,
      ...booksOf(instance, people),
      batches,
      boxes: new Map(),
    });
    const hole = (count: number) => {
      const gone = events.slice(0, count);
      audit.begin(subjectOf(lives.long.tip));
      const leaves = gone.map(({ leaf }) => leaf);
      const result = audit.hole(
        { from: 1, to: count, leaves },
        gone.map(({ index }) => index),
      );
      return [...result.faults, ...audit.event(events[count] as OpenedEvent).faults];
    };
    expect(hole(events.length - 1).filter(({ check }) => check === 'chainUnbroken')).toEqual([]);
    audit.begin('tip:none');
    const leaves = ['ab'.repeat(32) as Hash];
    expect(audit.hole({ from: 1, to: 2, leaves }, [1]).faults).toMatchObject([{ check: 'chainUnbroken' }]);
  });
});

describe('a signature', () => {
  const subject = () => subjectOf(lives.long.tip);

  test('of the service under an officer’s step is not the officer’s: named so, and by no other check', () => {
    const ledgerKey = instance.deps.ledger;
    const forged = withEvent(subject(), 'notified', (event) => {
      const signer = { publicKey: ledgerKey.publicKey, secretKey: new Uint8Array(64) };
      const suite = {
        ...instance.suite,
        blake2b512: (data: Uint8Array) => instance.suite.blake2b512(data),
        sign: (message: Uint8Array) => ledgerKey.sign(message),
      };
      return { ...event, parsed: parseEvent(signEvent(suite, event.parsed.envelope, signer)) };
    });
    const no = (chains.get(subject()) ?? []).length - 1;
    expect(audited(forged).filter(({ check }) => check !== WARNED)).toEqual([
      { check: 'signerEntitled', subject: subject(), no },
    ]);
    expect(audited(forged, { without: 'signerEntitled' }).filter(({ check }) => check !== WARNED)).toEqual(
      [],
    );
  });

  test('that is not over these bytes does not hold, whatever its key id says', () => {
    const broken = withEvent(subject(), 'archived', (event) => {
      const [signature] = event.parsed.envelope.signatures;
      if (signature === undefined) throw new Error('nobody signed');
      return enveloped(event, {
        signatures: [{ ...signature, sig: signature.sig.with(3, 255 - (signature.sig[3] ?? 0)) }],
      });
    });
    expect(audited(broken).filter(({ check }) => check !== WARNED)).toMatchObject([
      { check: 'signerEntitled' },
    ]);
  });

  test('of a colleague is not that of the person whom the step names', () => {
    const other = instance.person('tohieu.pho').secrets.sign;
    const forged = withEvent(subject(), 'registered', (event) => signedBy(event, other));
    expect(audited(forged).filter(({ check }) => check !== WARNED)).toMatchObject([
      { check: 'signerEntitled' },
    ]);
  });

  test('is missing where an operator typed a tip and did not sign', () => {
    const called = subjectOf(lives.called);
    const alone = withEvent(called, 'submitted', (event) =>
      enveloped(event, { signatures: event.parsed.envelope.signatures.slice(0, 1) }),
    );
    expect(audited(alone).filter(({ check }) => check !== WARNED)).toEqual([
      { check: 'signerEntitled', subject: called, no: 1 },
    ]);
  });

  test('of anybody but the service is none under what the service records', () => {
    const stranger = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
    const forged = withEvent('directory', 'statement_added', (event) => signedBy(event, stranger));
    expect(audited(forged).filter(({ check }) => check !== WARNED)).toMatchObject([
      { check: 'signerEntitled', subject: 'directory' },
    ]);
  });

  test('under a read must be the reader’s own', () => {
    const [reader = ''] = [...chains.keys()].filter((name) => name.startsWith('reader:'));
    const stranger = instance.person('mocchau.truong').secrets.sign;
    const forged = withEvent(reader, 'batch_read', (event) => signedBy(event, stranger));
    expect(audited(forged).filter(({ check }) => check !== WARNED)).toMatchObject([
      { check: 'signerEntitled', subject: reader },
    ]);
  });
});

describe('a time', () => {
  const of = (given: ReadonlyMap<string, readonly OpenedEvent[]>, options = {}) =>
    audited(given, options).filter(({ check }) => check === 'timeBounded');

  test('before the batch head before it is back-dated', () => {
    const subject = subjectOf(lives.long.tip);
    const event = chains.get(subject)?.findLast(({ parsed }) => parsed.header.type === 'archived');
    const at = event !== undefined && 'at' in event.parsed.header.time ? event.parsed.header.time.at : 0;
    const given = withEvent(subject, 'archived', (one) => redated(one, 'tohieu.canbo', at - 25 * 3600));
    expect(of(given)).toMatchObject([{ subject }]);
  });

  test('after the batch head that includes it is as wrong', () => {
    const subject = subjectOf(lives.spam);
    const given = withEvent(subject, 'resolved', (event) => {
      const at = 'at' in event.parsed.header.time ? event.parsed.header.time.at : 0;
      return redated(event, 'sonla.truong', at + 3 * 3600);
    });
    expect(of(given)).toMatchObject([{ subject }]);
  });

  test('that waited behind a full batch is not back-dated', () => {
    const late = new BatchTimes();
    const first = { from: 0, size: 512, at: 1000, dummies: 0 };
    late.add({ ...first, from: 0, size: 8, at: 500, dummies: 3 });
    late.add({ ...first, from: 8, size: 8 + 512 });
    late.add({ ...first, from: 520, size: 528, at: 1001, dummies: 3 });
    expect(late.boundsOf(525)).toEqual({ after: 500, before: 1001 });
    expect([late.numberOf(7), late.numberOf(8), late.numberOf(527), late.numberOf(528)]).toEqual([
      1, 2, 3, 0,
    ]);
  });
});

describe('a deadline', () => {
  test('that passes while nobody does anything is named with its tip, and one that is spoken of is not', () => {
    const later = new BatchTimes();
    const events = [...chains.values()].flat();
    const last = Math.max(...events.map(({ index }) => index));
    later.add({ from: 0, size: last + 1, at: batches.newest + 30 * 86_400, dummies: 1 });
    const found = audited(chains, { batches: later }).filter(({ check }) => check === 'deadlineSpoken');
    const named = new Set(found.map(({ subject }) => subject));
    expect(named.has(subjectOf(lives.waiting))).toBe(true);
    expect(named.has(subjectOf(lives.long.tip))).toBe(false);
    expect(found.length).toBe(named.size);
  });
});

describe('a duplicate', () => {
  test('whose target is missing lives on nowhere', () => {
    const given = new Map([...chains].filter(([subject]) => subject !== subjectOf(lives.long.tip)));
    expect(audited(given).filter(({ check }) => check === 'mergeLives')).toEqual([
      { check: 'mergeLives', subject: subjectOf(lives.merged) },
    ]);
  });

  test('whose target is thrown away lives on nowhere either', () => {
    const into = { mergedInto: lives.spam };
    const moved = withChain(subjectOf(lives.merged), (events) =>
      events.map((event) => {
        if (event.parsed.header.type !== 'resolution_proposed') return event;
        const part = partOf(event.restricted) ?? {};
        return {
          ...event,
          restricted: JSON.stringify({ ...part, act: { ...(part.act as object), ...into } }),
        };
      }),
    );
    const found = audited(moved).map(({ check }) => check);
    expect(found).toContain('mergeLives');
  });
});
