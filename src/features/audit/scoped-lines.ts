import type { BundleLine } from '../../audit/lines.ts';
import { isTipId, type UnitId } from '../../domain/ids.ts';
import type { OpenedEvent } from '../../ports/store/ledger-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { parseEvent, parsePart } from '../../protocol/event.ts';
import { chainLines, chainsOf } from './chain-lines.ts';
import { multiProofOf } from './multi.ts';
import type { BundleSource } from './source.ts';
import { batchLine } from './tree-lines.ts';

/** Nodes of the multi-proof in one line. */
const NODES = 4096;

/**
 * What an auditor of some units gets in place of the whole tree: the checkpoint, the open chains, the chains of these units, of people who only
 * ever read there, and of tips as long as one of the units held them; then the proof that all of it is in the log. That nothing is left out
 * it cannot prove.
 */
export async function* scopedLines(
  source: BundleSource,
  units: readonly UnitId[],
): AsyncGenerator<BundleLine> {
  // What opens the dummies would count the events of units outside as well.
  yield { ...batchLine(source.batch), seed: '', dummies: 0 };
  const scope = new Set<string>(units);
  const indices: number[] = [];
  let chains = 0;
  for await (const { subject, events } of chainsOf(source)) {
    if (!mayConcern(subject, scope)) {
      for await (const _ of events);
      continue;
    }
    const all: OpenedEvent[] = [];
    for await (const event of events) all.push(event);
    const shown = await shownOf(source, subject, all, scope);
    if (shown.length === 0) continue;
    chains += 1;
    for (const { index } of shown) indices.push(index);
    yield* chainLines({ subject, length: shown.length, events: listed(shown) });
  }
  const nodes = await multiProofOf(
    source,
    indices.toSorted((a, b) => a - b),
  );
  for (let from = 0; from < nodes.length; from += NODES)
    yield { t: 'proof', nodes: nodes.slice(from, from + NODES).map(toBase64Url) };
  yield { t: 'end', chains, events: indices.length };
}

async function* listed(events: readonly OpenedEvent[]): AsyncGenerator<OpenedEvent> {
  yield* events;
}

/** Chains that can be shown without looking into them, or that have to be looked into. What concerns one person's account never is. */
const mayConcern = (subject: string, scope: ReadonlySet<string>): boolean =>
  subject === 'directory' ||
  subject === 'log' ||
  subject.startsWith('reader:') ||
  subject.startsWith('tip:') ||
  (subject.startsWith('unit:') && scope.has(subject.slice('unit:'.length)));

/** The events of a chain that the scope may see: a beginning of it, or none. */
async function shownOf(
  { deps }: BundleSource,
  subject: string,
  events: readonly OpenedEvent[],
  scope: ReadonlySet<string>,
): Promise<readonly OpenedEvent[]> {
  if (subject.startsWith('reader:'))
    return events.every((event) => scope.has(actorUnit(event))) ? events : [];
  if (!subject.startsWith('tip:')) return events;
  if (events.every(({ leafSalt }) => leafSalt !== null)) return whileHeld(events, scope);
  // Of a shredded tip only its end can be read: it was archived, so whoever holds it now is the last.
  const tip = subject.slice('tip:'.length);
  const held = isTipId(tip) ? await deps.store.triage.tip(tip) : null;
  return held !== null && scope.has(held.unit) ? events : [];
}

/**
 * Up to where a unit outside took the tip over from the last one inside. A unit from which a tip was diverted before it gave it a number never
 * had it.
 */
function whileHeld(events: readonly OpenedEvent[], scope: ReadonlySet<string>): readonly OpenedEvent[] {
  const first = events[0];
  let held = first !== undefined && scope.has(String(parsePart(first.citizenPart).unit));
  let [end, before] = [held ? events.length : 0, 0];
  events.forEach((event, i) => {
    const { type } = parseEvent(event.record).header;
    if (type !== 'transfer_acknowledged' && type !== 'diverted') return;
    const takes = scope.has(String(parsePart(event.citizenPart).unit));
    if (held && !takes) end = type === 'diverted' && stageBefore(event) === 'submitted' ? before : i;
    if (!held && takes) [end, before] = [events.length, end];
    held = takes;
  });
  return events.slice(0, end);
}

function stageBefore({ restrictedPart }: OpenedEvent): unknown {
  const { from } = parsePart(restrictedPart);
  return typeof from === 'object' && from !== null && 'stage' in from ? from.stage : null;
}

function actorUnit({ restrictedPart }: OpenedEvent): string {
  const { actor } = parsePart(restrictedPart);
  return typeof actor === 'object' && actor !== null && 'unit' in actor ? String(actor.unit) : '';
}
