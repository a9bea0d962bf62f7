import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BundleLine } from '../../../src/audit/lines.ts';
import { ChainAudit } from '../../../src/audit/replay/chain-audit.ts';
import type { Fault, OpenedEvent } from '../../../src/audit/replay/event.ts';
import { BatchTimes } from '../../../src/audit/replay/times.ts';
import { dayOf } from '../../../src/domain/calendar.ts';
import { bundleLines } from '../../../src/features/audit/bundle.ts';
import { newestPublished } from '../../../src/features/audit/source.ts';
import { figures } from '../../../src/features/oversight/figures.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { toHex, utf8 } from '../../../src/protocol/bytes.ts';
import { eventLeaf, parseEvent } from '../../../src/protocol/event.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';
import { booksOf, law, partOf, peopleOf, plans } from './chains.ts';
import { liveThrough } from './lives.ts';

let instance: Instance;
const lines: BundleLine[] = [];

beforeAll(async () => {
  instance = await openInstance();
  const { round } = await withLog(instance, { rounds: 2 });
  await liveThrough(instance);
  await round();
  await round();
  const newest = await newestPublished(instance.store.ledger);
  if (newest === null) throw new Error('nothing was published');
  const source = { deps: instance.deps, ledger: instance.store.ledger, ...newest };
  for await (const line of bundleLines(source, { auditor: 'doclap', units: null })) lines.push(line);
});
afterAll(() => instance.close());

/** The bundle's chains, each with its opened events. */
function chains(): readonly { readonly subject: string; readonly events: readonly OpenedEvent[] }[] {
  const found: { subject: string; events: OpenedEvent[] }[] = [];
  for (const line of lines) {
    if (line.t === 'chain') found.push({ subject: line.subject, events: [] });
    if (line.t !== 'event') continue;
    const record = utf8(line.r);
    const leaf = eventLeaf(instance.deps.crypto, fromBase64Url(line.s), record);
    const event = { index: line.i, leaf, parsed: parseEvent(record), citizen: line.c, restricted: line.p };
    found.at(-1)?.events.push(event);
  }
  return found;
}

/** Batches as the heads in the chain `log` tell them. */
function batchesIn(heads: readonly OpenedEvent[]): BatchTimes {
  const batches = new BatchTimes();
  for (const { parsed, restricted } of heads) {
    const { from, size } = partOf(restricted) as { from: number; size: number };
    const { time } = parsed.header;
    batches.add({ from, size, at: 'at' in time ? time.at : 0, dummies: 1 });
  }
  return batches;
}

test('a bundle of a real log gives nothing to complain of, and the figures of the page', async () => {
  const all = chains();
  const batches = batchesIn(all.find(({ subject }) => subject === 'log')?.events ?? []);
  const boxes = new Map<string, Uint8Array>();
  for (const line of lines) {
    if (line.t !== 'statement' || line.kind !== 'box') continue;
    const bytes = fromBase64Url(line.b);
    boxes.set(toHex(instance.deps.crypto.sha256(bytes)), bytes);
  }
  const people = peopleOf(instance);
  const audit = new ChainAudit({
    instance: instance.pins.instance,
    law,
    people,
    ...booksOf(instance, people),
    batches,
    boxes,
  });
  const found: Fault[] = [];
  for (const { subject, events } of all) {
    audit.begin(subject);
    for (const event of events) {
      const { faults, due } = audit.event(event);
      const failing = due.filter(
        ({ signature, message, publicKey }) => !instance.suite.verify(signature, message, publicKey),
      );
      found.push(...faults, ...failing.map(({ fault }) => fault));
    }
    found.push(...audit.end().faults);
  }
  expect(all.length).toBeGreaterThan(20);
  expect(found.filter(({ check }) => check !== 'readBeforeOpen')).toEqual([]);
  expect(audit.lostMerges()).toEqual([]);

  const today = dayOf(batches.newest);
  const period = { from: dayOf(Date.UTC(2026, 0, 1) / 1000), to: dayOf(batches.newest + 31 * 86_400), today };
  const units = await instance.store.directory.units(null);
  const page = await figures({ oversight: instance.store.oversight, units, plan: null, period });
  const { rates, balance } = audit.figures(plans);
  expect([rates[0]?.rates, balance]).toEqual([page.total, page.balance]);
});
