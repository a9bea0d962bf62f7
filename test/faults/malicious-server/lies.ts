import type { Given } from '../../../src/audit/environment.ts';
import type { BundleLine } from '../../../src/audit/lines.ts';
import type { AuditReport } from '../../../src/audit/report.ts';
import type { CheckName } from '../../../src/audit/violation.ts';
import type { Hash, Hour, UnitId } from '../../../src/domain/ids.ts';
import { checkpointText } from '../../../src/ledger/checkpoint.ts';
import { formatNote, noteKey, signNote } from '../../../src/ledger/note.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8, utf8 } from '../../../src/protocol/bytes.ts';
import { makeAnswers, parseAnswer } from '../../../src/protocol/promise.ts';
import type { AuditWorld } from '../../audit/world.ts';

type Line<T extends BundleLine['t']> = Extract<BundleLine, { readonly t: T }>;

/** What a lying service hands to the auditor, and what others hold against it. */
export interface Told {
  readonly lines: readonly BundleLine[];
  readonly given?: Given;
}

/** A lie, the check that names it, and what of an honest bundle is changed for it. */
export interface Lie {
  readonly lie: string;
  readonly check: CheckName;
  /** Checks that see the same lie from another side. */
  readonly also?: readonly CheckName[];
  tell(honest: readonly BundleLine[], world: AuditWorld, report: AuditReport): Told;
}

/** Changes the last line of a kind that fits. */
function changed<T extends BundleLine['t']>(
  lines: readonly BundleLine[],
  t: T,
  change: (line: Line<T>) => readonly BundleLine[],
  fits: (line: Line<T>) => boolean = () => true,
): readonly BundleLine[] {
  const at = lines.findLastIndex((line) => line.t === t && fits(line as Line<T>));
  const line = lines[at];
  if (line === undefined) throw new Error(`no line ${t}`);
  return lines.toSpliced(at, 1, ...change(line as Line<T>));
}

/** Bytes in base64url with one bit of one byte turned. */
function turned(text: string, at: number): string {
  const bytes = fromBase64Url(text).slice();
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toBase64Url(bytes);
}

const payloadOf = ({ r }: Line<'event'>): string => atob((JSON.parse(r) as { payload: string }).payload);
const isSubmitted = (line: Line<'event'>): boolean => payloadOf(line).includes('"submitted"');
/** The last event of somebody's own chain: nothing follows it that would name its leaf. */
const isOfStaff = (line: Line<'event'>): boolean => payloadOf(line).includes('"subject":"staff:');

/** The first epoch of its unit, which had begun when anything was logged. */
const isFirst = (record: string): boolean => {
  const { payload } = JSON.parse(fromUtf8(fromBase64Url(record))) as { payload: string };
  return atob(payload).includes('"n":1,');
};

/** So many events more or less in the last chain of an account, and so many chains. */
function counted(lines: readonly BundleLine[], events: number): readonly BundleLine[] {
  const chain = changed(
    lines,
    'chain',
    (line) => (line.events + events === 0 ? [] : [{ ...line, events: line.events + events }]),
    ({ subject }) => subject.startsWith('staff:'),
  );
  const chains = chain.length - lines.length;
  return changed(chain, 'end', (line) => [
    { ...line, chains: line.chains + chains, events: line.events + events },
  ]);
}

export const LIES: readonly Lie[] = [
  {
    lie: 'leaves out the opening of a leaf',
    check: 'leafUnopened',
    tell: (lines) => ({
      lines: counted(
        changed(lines, 'event', () => [], isOfStaff),
        -1,
      ),
    }),
  },
  {
    lie: 'opens a leaf with another salt',
    check: 'openingMatches',
    tell: (lines) => ({
      lines: changed(lines, 'event', (line) => [{ ...line, s: turned(line.s, 0) }], isOfStaff),
    }),
  },
  {
    lie: 'shows other words for a step than were signed',
    check: 'partsMatch',
    tell: (lines) => ({
      lines: changed(lines, 'event', (line) => [{ ...line, p: line.p.replace('{', '{"x":1,') }], isOfStaff),
    }),
  },
  {
    lie: 'opens one leaf twice',
    check: 'leafTwice',
    also: ['chainUnbroken'],
    tell: (lines) => ({
      lines: counted(
        changed(lines, 'event', (line) => [line, line], isOfStaff),
        1,
      ),
    }),
  },
  {
    lie: 'signs a root that is not of its entries',
    check: 'checkpointRoot',
    tell: (lines, world, { origin }) => ({
      lines: changed(
        lines,
        'batch',
        (line) => [{ ...line, note: forgedNote(world, { origin, size: line.size }) }],
        ({ from }) => from === 0,
      ),
    }),
  },
  {
    lie: 'gives a seed that opens no dummies',
    check: 'batchShape',
    also: ['leafUnopened'],
    tell: (lines) => ({
      lines: changed(
        lines,
        'batch',
        (line) => [{ ...line, seed: turned(line.seed, 0) }],
        ({ dummies }) => dummies > 0,
      ),
    }),
  },
  {
    lie: 'hands out a checkpoint that the log never signed',
    check: 'checkpointSignature',
    tell: (lines) => ({
      lines: changed(lines, 'batch', (line) => [
        { ...line, note: line.note.replace(/ledger\n/, 'ledger2\n') },
      ]),
    }),
  },
  {
    lie: 'hides a statement of the directory that it used',
    check: 'directoryInLog',
    also: ['directoryRoot'],
    tell: (lines) => ({
      lines: changed(
        lines,
        'statement',
        () => [],
        // Of one that is still to come the heads say nothing yet.
        ({ kind, b }) => kind === 'epoch' && isFirst(b),
      ),
    }),
  },
  {
    lie: 'logs a tip without having promised it',
    check: 'promiseGiven',
    tell: (lines) => ({
      lines: changed(
        lines,
        'event',
        ({ promise: _, ...line }) => [line],
        (line) => line.promise !== undefined && isSubmitted(line),
      ),
    }),
  },
  {
    lie: 'drops a tip after the promise',
    check: 'promiseKept',
    tell: (lines, world) => ({ lines, given: { promises: [promised(world)] } }),
  },
  {
    lie: 'shows somebody else another log',
    check: 'fork',
    tell: (lines, world, at) => ({ lines, given: { notes: [utf8(forgedNote(world, at))] } }),
  },
  {
    lie: 'publishes better figures than the log gives',
    check: 'ratesEqual',
    tell: (lines, _, { rates }) => ({
      lines,
      given: {
        figures: rates.slice(0, 1).map((one) => ({
          ...one,
          rates: {
            ...one.rates,
            handled: { ...one.rates.handled, onTime: one.rates.handled.onTime + 1 },
          },
        })),
      },
    }),
  },
  {
    lie: 'cuts the bundle before its end',
    check: 'bundleShape',
    tell: (lines) => ({ lines: lines.slice(0, -1) }),
  },
];

/** A checkpoint with the log's own signature and a root of nothing. */
function forgedNote(
  { instance: { deps } }: AuditWorld,
  { origin, size }: Pick<AuditReport, 'origin' | 'size'>,
): string {
  const { crypto, ledger } = deps;
  const key = noteKey((data) => crypto.sha256(data), origin, ledger.publicKey);
  const text = checkpointText({ origin, size, root: new Uint8Array(32) });
  return fromUtf8(formatNote({ text, signatures: [signNote(text, key, (data) => ledger.sign(data))] }));
}

/** A promise that the service signed for a tip of which nothing is in its log. */
function promised({ instance }: AuditWorld) {
  const { deps, suite } = instance;
  const hash = '5a'.repeat(32) as Hash;
  const t0 = Math.floor(deps.clock.now() / 3600) - 48;
  const terms = {
    origin: deps.instance.logOrigin,
    leaf: hash,
    seal: hash,
    unit: 'x-to-hieu' as UnitId,
    t0: t0 as Hour,
    assurance: 'e2ee' as const,
    checkpoint: null,
    includeBy: (t0 + 24) * 3600,
  };
  const [answer] = makeAnswers(suite, deps.ledger, [{ terms, leafSalt: new Uint8Array(32) }]);
  if (answer === undefined) throw new Error('no answer');
  return parseAnswer(answer).promise;
}
