import type { BundleLine } from '../../../src/audit/lines.ts';
import type { Hash, Seconds } from '../../../src/domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { encodeDsse, parseDsse } from '../../../src/protocol/dsse.ts';
import type { MailboxHead } from '../../../src/protocol/mailbox-head.ts';
import { apart, type Forged, relogged, rewritten, together, withChain } from './forging.ts';
import type { Lie } from './lies.ts';

const NOBODY = 'ab'.repeat(16);
const ANOTHER = 'cd'.repeat(32) as Hash;

const forgedFrom = (lines: readonly BundleLine[]): Forged => apart(lines.map((line) => JSON.stringify(line)));
const written = (forged: Forged): readonly BundleLine[] =>
  together(forged).map((line) => JSON.parse(line) as BundleLine);

/** The same log with chains in another order, or more of them. */
const withChains = (
  lines: readonly BundleLine[],
  change: (chains: Forged['chains']) => Forged['chains'],
): readonly BundleLine[] => {
  const forged = forgedFrom(lines);
  return written({ ...forged, chains: change(forged.chains) });
};

/** An epoch's statement with a bit of each signature turned. */
function unsigned(record: string): string {
  const envelope = parseDsse(fromBase64Url(record));
  const signatures = envelope.signatures.map(({ keyid, sig }) => ({
    keyid,
    sig: sig.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
  }));
  return toBase64Url(encodeDsse({ ...envelope, signatures }));
}

/** Lies that would blind other checks, if the bundle's form were not checked. */
export const HIDING: readonly Lie[] = [
  {
    lie: 'tells when its batches were made after everything that these bound',
    check: 'bundleShape',
    tell: (lines) => ({
      lines: withChains(lines, (chains) => [
        ...chains.filter(({ subject }) => subject !== 'log'),
        ...chains.filter(({ subject }) => subject === 'log'),
      ]),
    }),
  },
  {
    lie: 'calls its batches those of a log that never ended, so that no head bounds them',
    check: 'bundleShape',
    tell: (lines) => ({
      lines: lines.map((line) => (line.t === 'batch' ? { ...line, log: 2 } : line)),
    }),
  },
  {
    lie: 'hides a part of its own chain as if it had been shredded',
    check: 'bundleShape',
    tell: (lines) => ({
      lines: withChains(lines, (chains) =>
        chains.map((chain) => {
          if (chain.subject !== 'log') return chain;
          const hole = { t: 'hole', from: 9, to: 9, indices: [0], leaves: [ANOTHER] } as const;
          return { ...chain, lines: [...chain.lines, hole] };
        }),
      ),
    }),
  },
  {
    lie: 'names a tip of which nothing was ever logged, for others to be merged into',
    check: 'bundleShape',
    tell: (lines) => ({
      lines: withChains(lines, (chains) => [...chains, { subject: `tip:${NOBODY}`, lines: [] }]),
    }),
  },
  {
    lie: 'logs one tip a second time, to be counted twice',
    check: 'chainUnbroken',
    tell: (lines, world) => {
      const forged = forgedFrom(lines);
      const twice = forged.chains
        .filter(({ subject }) => subject === `tip:${world.lives.waiting}`)
        .map((chain) => ({ ...chain, lines: chain.lines.map((line) => ({ ...line })) }));
      const again = new Set<object>(twice.flatMap((chain) => chain.lines));
      const last = forged.batches.length - 1;
      return {
        lines: written(
          relogged(
            world.instance,
            { ...forged, chains: [...forged.chains, ...twice] },
            { batchOf: (event, was) => (again.has(event) ? last : was) },
          ),
        ),
      };
    },
  },
  {
    lie: 'uses an epoch that nobody of the unit signed',
    check: 'directoryChain',
    tell: (lines) => {
      const at = lines.findIndex((line) => line.t === 'statement' && line.kind === 'epoch');
      return {
        lines: lines.map((line, i) =>
          i === at && line.t === 'statement' ? { ...line, b: unsigned(line.b) } : line,
        ),
      };
    },
  },
  {
    lie: 'decides by other rules than those that it recorded',
    check: 'lawInForce',
    tell: (lines, { instance }) => {
      const forged = forgedFrom(lines);
      const chain = withChain(forged, 'directory', (events) =>
        rewritten(instance, events, (type, part) =>
          type === 'law_changed' ? { ...part, files: [{ name: 'clocks', hash: ANOTHER }] } : part,
        ),
      );
      return { lines: written(relogged(instance, chain)) };
    },
  },
  {
    lie: 'showed a citizen another step in the place of one that is logged',
    check: 'noContradiction',
    tell: (lines, { lives }, { origin, size, root }) => {
      const head: MailboxHead = {
        ...{ origin, tip: lives.waiting, no: 1, leaf: ANOTHER, size, root: root as Hash },
        ...{ day: '2026-11-23' as MailboxHead['day'], includeBy: 100_000_000_000 as Seconds },
      };
      return { lines, given: { heads: [head] } };
    },
  },
];
