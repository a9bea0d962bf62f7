import type { Given } from '../../../src/audit/environment.ts';
import { openEvent } from '../../../src/audit/opening.ts';
import type { CheckName } from '../../../src/audit/violation.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { utf8 } from '../../../src/protocol/bytes.ts';
import { parseEvent, signEvent } from '../../../src/protocol/event.ts';
import type { Pins } from '../../../src/protocol/root.ts';
import type { AuditWorld } from '../../audit/world.ts';
import { apart, type Forged, type Line, relogged, together, withChain } from './forging.ts';

/** What a hostile service hands to the auditor, and what others have. */
export interface Handed {
  readonly lines: readonly string[];
  readonly given?: Given;
  readonly pins?: Partial<Pins>;
}

/** Something that whoever runs the service does, with every key of the service in hand. */
export interface Attack {
  /** As the end of the sentence "a service that …". */
  readonly name: string;
  readonly caughtBy: CheckName;
  /** Checks that see the same from another side. */
  readonly also?: readonly CheckName[];
  readonly make: (world: AuditWorld) => Handed;
}

const on = (world: AuditWorld, change: (forged: Forged) => Forged): Handed => ({
  lines: together(change(apart(world.lines))),
});
const subjectOf = (tip: string): string => `tip:${tip}`;
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

/** The step that an event line records. */
const typeOf = (event: Line<'event'>): string => parseEvent(utf8(event.r)).header.type;

/** The same step, signed by a key of the attacker's own. */
function resigned(world: AuditWorld, event: Line<'event'>): Line<'event'> {
  const { suite } = world.instance;
  const { payload } = parseEvent(utf8(event.r)).envelope;
  const record = signEvent(suite, { payload }, suite.ed25519KeyPair(suite.randomBytes(32)));
  return { ...event, r: new TextDecoder().decode(record), s: toBase64Url(suite.randomBytes(32)) };
}

/** When an event line says that it happened; 0 for one of a citizen. */
function momentOf(event: Line<'event'>): number {
  const { time } = parseEvent(utf8(event.r)).header;
  return 'at' in time ? time.at : 0;
}

export const ATTACKS: readonly Attack[] = [
  {
    name: 'forges an officer’s last step and logs it',
    caughtBy: 'signerEntitled',
    make: (world) =>
      on(world, (forged) =>
        relogged(
          world.instance,
          withChain(forged, subjectOf(world.lives.spam), (lines) =>
            lines.map((line, i) => (i === lines.length - 1 ? resigned(world, line) : line)),
          ),
        ),
      ),
  },
  {
    name: 'logs an event before the one that it follows',
    caughtBy: 'chainUnbroken',
    make: (world) => {
      const forged = apart(world.lines);
      const lines = forged.chains.find(({ subject }) => subject === subjectOf(world.lives.spam))?.lines ?? [];
      const first = lines[0];
      const last = forged.batches.length - 1;
      return {
        lines: together(
          relogged(world.instance, forged, { batchOf: (event, was) => (event === first ? last : was) }),
        ),
      };
    },
  },
  {
    name: 'logs something for its citizen that the record does not say',
    caughtBy: 'shownMatches',
    make: (world) =>
      on(world, (forged) =>
        relogged(world.instance, forged, {
          entry: (event, entry) => (typeOf(event) === 'archived' ? flipped(entry, 40) : entry),
        }),
      ),
  },
  {
    name: 'publishes without its witnesses',
    caughtBy: 'checkpointWitnessed',
    make: (world) => ({ lines: world.lines, pins: { minWitnesses: 1 } }),
  },
  {
    name: 'tells its log another state of the directory',
    caughtBy: 'directoryRoot',
    make: (world) =>
      on(world, (forged) =>
        relogged(world.instance, forged, {
          head: (part, batch) =>
            batch === 1 ? { ...part, directory: { ...part.directory, root: 'ab'.repeat(32) } } : part,
        }),
      ),
  },
  {
    name: 'tells a citizen of a step that is nowhere',
    caughtBy: 'noContradiction',
    make: (world) => {
      const { header, batches } = apart(world.lines);
      const { origin, size, root } = header;
      const head = {
        origin,
        tip: world.lives.waiting,
        no: 2,
        leaf: 'cd'.repeat(32),
        size,
        root,
        day: header.day,
      };
      if (batches.length === 0) throw new Error('no batch');
      const told = { ...head, includeBy: world.instance.clock.now() - 1_000_000 };
      return { lines: world.lines, given: { heads: [told as never] } };
    },
  },
  {
    name: 'makes an open tip’s words go',
    caughtBy: 'shreddingAttested',
    make: (world) =>
      on(world, (forged) =>
        withChain(forged, subjectOf(world.lives.waiting), (lines) => [
          {
            t: 'hole',
            from: 1,
            to: lines.length,
            indices: lines.map(({ i }) => i),
            leaves: lines.flatMap((line) => openEvent(world.instance.deps.crypto, line)?.event.leaf ?? []),
          },
        ]),
      ),
  },
  {
    name: 'holds a step back and logs it later as if nothing were',
    caughtBy: 'timeBounded',
    make: (world) => {
      const forged = apart(world.lines);
      // Somebody's own last step, whose moment lies furthest back.
      const [held] = forged.chains
        .filter(({ subject }) => subject.startsWith('reader:'))
        .flatMap(({ lines }) => lines.slice(-1))
        .filter((line) => line.t === 'event')
        .toSorted((a, b) => momentOf(a) - momentOf(b));
      const last = forged.batches.length - 1;
      return {
        lines: together(
          relogged(world.instance, forged, { batchOf: (event, was) => (event === held ? last : was) }),
        ),
      };
    },
  },
  {
    name: 'lets a deadline pass and says nothing',
    caughtBy: 'deadlineSpoken',
    // Statements of the directory ran out meanwhile, and the head still names them.
    also: ['directoryRoot', 'escalationMissing'],
    make: (world) => {
      const forged = apart(world.lines);
      const last = forged.batches.length - 1;
      const later = (at: number, batch: number): number => (batch === last ? at + 390 * 86_400 : at);
      return { lines: together(relogged(world.instance, forged, { at: later })) };
    },
  },
  {
    name: 'tells nobody that a deadline has passed',
    caughtBy: 'escalationMissing',
    // Nobody did anything on the tip either.
    also: ['deadlineSpoken'],
    make: (world) => {
      const forged = apart(world.lines);
      const last = forged.batches.length - 1;
      const later = (at: number, batch: number): number => (batch === last ? at + 30 * 3600 : at);
      return { lines: together(relogged(world.instance, forged, { at: later })) };
    },
  },
];
