import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash, UnitId } from '../../src/domain/ids.ts';
import { formatVkey } from '../../src/ledger/note.ts';
import { inclusionProof } from '../../src/ledger/proofs.ts';
import { type StateEntry, stateTree } from '../../src/ledger/state-tree.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { type DirectoryBundle, encodeBundle } from '../../src/protocol/bundle.ts';
import { toHex } from '../../src/protocol/bytes.ts';
import { ProtocolError } from '../../src/protocol/errors.ts';
import { freshTarget } from '../../src/protocol/fresh-target.ts';
import { checkFreshness } from '../../src/protocol/freshness.ts';
import type { VerifiedDirectory } from '../../src/protocol/verify-directory.ts';
import type { Freshness } from '../../src/protocol/wire-ledger.ts';
import { EMPTY, grown, ledgerKey, NOON, ORIGIN, readerOf, witness } from './log-world.ts';
import { bundle, endOf, founders, newcomer, people, suite, verify, withMember } from './small-directory.ts';
import { sodium } from './suites.ts';
import {
  COMMUNE,
  DAY,
  epochFields,
  makeWorld,
  PROVINCE,
  signEpoch,
  signRevocation,
  statementHashOf,
} from './world.ts';

const sha256 = (data: Uint8Array) => sodium.sha256(data);
const { pins } = makeWorld(sodium);
const HEAD_AT = NOON - 60;

/** What a log says that holds a whole bundle, unit by unit. */
function statesOf(held: DirectoryBundle, directory: VerifiedDirectory): StateEntry[] {
  const hashes = (records: readonly Uint8Array[]): string[] =>
    records.map((one) => statementHashOf(suite, one));
  const states = new Map<string, string[]>([['', [...hashes(held.keySets), directory.hash]]]);
  const of = [...held.members, ...held.epochs, ...held.revocations];
  for (const record of of) {
    const { payload } = JSON.parse(new TextDecoder().decode(record)) as { payload: string };
    const { unit } = JSON.parse(atob(payload)) as { unit: string };
    states.set(unit, [...(states.get(unit) ?? []), ...hashes([record])]);
  }
  return [...states]
    .map(([unit, statements]) => ({ unit, statements: statements.sort() }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

interface Shown {
  readonly directory: VerifiedDirectory;
  readonly answer: Freshness;
}

/** What an honest service shows of a log that holds `logged`; the directory is the one that the browser got. */
function shown(logged: DirectoryBundle = bundle, got: DirectoryBundle = logged, at = HEAD_AT): Shown {
  const verified = verify(got, NOON);
  const directory = { ...verified, logOrigin: ORIGIN, ledgerKey, witnesses: [formatVkey(witness)] };
  const states = statesOf(logged, verify(logged, NOON));
  const tree = stateTree(sha256, states);
  const log = grown(EMPTY, 1, 0, at, { no: 1, leaf: null, units: tree.size, root: toHex(tree.root) });
  const [batch] = log.batches;
  const path = (index: number) => tree.path(index).map(toBase64Url);
  return {
    directory,
    answer: {
      note: batch!.note,
      head: batch!.head,
      headPath: inclusionProof(sha256, readerOf(log.nodes), batch!.size - 1, batch!.size).map(toBase64Url),
      states: states.map(({ unit }, index) => ({ unit, index, path: path(index) })),
      absent: [],
      later: [],
    },
  };
}

const UNITS = [COMMUNE, PROVINCE];
const compare = (
  { directory, answer }: Shown,
  {
    got = bundle,
    units = UNITS,
    minWitnesses = 1,
    now = NOON as number,
  }: {
    readonly got?: DirectoryBundle;
    readonly units?: readonly UnitId[];
    readonly minWitnesses?: number;
    readonly now?: number;
  } = {},
) => checkFreshness(sodium, { ...pins, minWitnesses }, { directory, bundle: got, units, answer }, now);

/** Code with which something is refused; empty when it is not. */
function refusal(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.code;
  }
}

const honest = shown();
const revocation = signRevocation(suite, endOf(people.communeOfficer, NOON - DAY), founders);
const swapped = signEpoch(
  suite,
  epochFields(suite, COMMUNE, suite.randomBytes(32), {
    n: 2,
    prev: statementHashOf(suite, bundle.epochs.find((one) => unitOf(one) === COMMUNE)!),
  }),
  [people.communeHead.sign, people.communeOfficer.sign],
);

function unitOf(record: Uint8Array): string {
  const { payload } = JSON.parse(new TextDecoder().decode(record)) as { payload: string };
  return (JSON.parse(atob(payload)) as { unit: string }).unit;
}

describe('a directory that the log confirms', () => {
  it('is taken, and when a witness saw it is told', () => {
    expect(compare(honest)).toMatchObject({ witnessed: 1, seenAt: HEAD_AT + 5, at: HEAD_AT });
  });

  it('is taken with a member and a revocation that came after the head', () => {
    const later = { ...bundle, ...withMember(founders), revocations: [revocation] };
    const names = [later.members.at(-1)!, revocation].map((one) => statementHashOf(suite, one));
    const { directory, answer } = shown(bundle, later);
    expect(compare({ directory, answer: { ...answer, later: names } }, { got: later })).not.toBeNull();
    expect(refusal(() => compare({ directory, answer }, { got: later }))).toBe('freshness_mismatch');
  });

  it('is taken with a member that had ended before the head, which the log no longer has', () => {
    const ended = withMember(founders, { until: HEAD_AT - 1 });
    const { answer } = shown();
    const directory = { ...honest.directory, ...verify({ ...bundle, ...ended }, NOON) };
    const ours = { ...directory, logOrigin: ORIGIN, ledgerKey, witnesses: honest.directory.witnesses };
    expect(compare({ directory: ours, answer }, { got: { ...bundle, ...ended } })).not.toBeNull();
  });

  it('is taken for a unit of which the log has nothing', () => {
    const nobody = { unit: '14-99999-ca' as UnitId };
    const { directory, answer } = honest;
    const [last] = answer.states.slice(-1);
    const statements = statesOf(bundle, verify()).at(-1)!.statements as Hash[];
    const absent = [{ ...nobody, near: [{ ...last!, statements }] }];
    const units = [nobody.unit];
    // 14-99999-ca < 14-ca: it would stand before the last one, so both neighbours are needed.
    const before = answer.states.at(-2)!;
    const near = [
      { ...before, statements: statesOf(bundle, verify()).at(-2)!.statements as Hash[] },
      { ...last!, statements },
    ];
    expect(refusal(() => compare({ directory, answer: { ...answer, absent } }, { units }))).toBe(
      'freshness_mismatch',
    );
    const both = { ...answer, absent: [{ ...nobody, near }] };
    expect(compare({ directory, answer: both }, { units })).not.toBeNull();
    expect(refusal(() => compare({ directory, answer }, { units }))).toBe('freshness_mismatch');
  });

  it('is not compared while nothing is published, unless the pins ask for a witness', () => {
    const none = { ...honest, answer: null as unknown as Freshness };
    expect(compare(none, { minWitnesses: 0 })).toBeNull();
    expect(refusal(() => compare(none))).toBe('checkpoint_witnesses');
  });
});

describe('a directory is refused', () => {
  it('with an epoch that the log does not have', () => {
    const got = { ...bundle, epochs: [...bundle.epochs, swapped] };
    const { directory, answer } = shown(bundle, got);
    expect(refusal(() => compare({ directory, answer }, { got }))).toBe('freshness_mismatch');
    const later = { ...answer, later: [statementHashOf(suite, swapped)] };
    expect(refusal(() => compare({ directory, answer: later }, { got }))).toBe('freshness_mismatch');
  });

  it('without a revocation that the log has', () => {
    const logged = { ...bundle, revocations: [revocation] };
    expect(refusal(() => compare(shown(logged, bundle)))).toBe('freshness_mismatch');
    const { directory, answer } = shown(logged);
    const later = { ...answer, later: [statementHashOf(suite, revocation)] };
    expect(refusal(() => compare({ directory, answer: later }, { got: logged }))).toBe('freshness_mismatch');
  });

  it('whichever statement of it is missing or was put in', () => {
    const lists = ['members', 'epochs'] as const;
    const drops = lists.flatMap((list) => bundle[list].map((_, i) => ({ list, i })));
    for (const { list, i } of drops) {
      const got = { ...bundle, [list]: bundle[list].toSpliced(i, 1) };
      expect(refusal(() => compare(honest, { got }))).toBe('freshness_mismatch');
    }
    const added = { ...bundle, ...withMember(founders) };
    expect(newcomer.fields.unit).toBe(COMMUNE);
    expect(refusal(() => compare(honest, { got: added }))).toBe('freshness_mismatch');
  });

  it('in another version than the log has', () => {
    const directory = { ...honest.directory, hash: 'ab'.repeat(32) as Hash };
    expect(refusal(() => compare({ ...honest, directory }))).toBe('freshness_mismatch');
    expect(() => compare({ ...honest, directory })).toThrow('freshness_mismatch: directory');
  });

  it('by a checkpoint older than 48 hours, or ahead of the clock', () => {
    expect(refusal(() => compare(honest, { now: HEAD_AT + 5 + 48 * 3600 }))).toBe('');
    expect(refusal(() => compare(honest, { now: HEAD_AT + 6 + 48 * 3600 }))).toBe('checkpoint_stale');
    expect(refusal(() => compare(honest, { now: HEAD_AT + 4 - 300 }))).toBe('checkpoint_stale');
  });

  it('by a checkpoint that the log or too few witnesses signed', () => {
    expect(refusal(() => compare(honest, { minWitnesses: 2 }))).toBe('checkpoint_witnesses');
    const other = { ...honest.directory, ledgerKey: new Uint8Array(32).fill(9) };
    expect(refusal(() => compare({ ...honest, directory: other }))).toBe('checkpoint_signature');
    const elsewhere = { ...honest.directory, logOrigin: 'elsewhere.example/ledger' };
    expect(refusal(() => compare({ ...honest, directory: elsewhere }))).toBe('checkpoint_malformed');
  });

  it('by a head that is not in the checkpoint', () => {
    const other = shown(bundle, bundle, HEAD_AT - 10).answer;
    const answer = { ...honest.answer, head: other.head };
    expect(refusal(() => compare({ ...honest, answer }))).toBe('leaf_missing');
  });

  it('by whatever else is answered', () => {
    const json = JSON.stringify(honest.answer);
    const answers = fc.oneof(
      fc.jsonValue().filter((value) => value !== null),
      fc.tuple(fc.nat(json.length - 1), fc.constantFrom('A', '0', '"', '{', ',')).map(([at, by]) => {
        try {
          return JSON.parse(json.slice(0, at) + by + json.slice(at + 1)) as unknown;
        } catch {
          return {};
        }
      }),
    );
    const as = (answer: unknown): Shown => ({ ...honest, answer: answer as Freshness });
    fc.assert(
      fc.property(answers, (answer) => {
        const code = refusal(() => compare(as(answer)));
        // A change is refused, or changes nothing that is read.
        if (code === '') expect(compare(as(answer))).toEqual(compare(honest));
        else expect(code).toMatch(/^(checkpoint_|freshness_mismatch$|leaf_missing$)/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('who takes a tip', () => {
  const ask = (got: DirectoryBundle, { answer }: Shown, excluded: readonly UnitId[] = []) =>
    freshTarget(
      sodium,
      pins,
      { bundle: encodeBundle(got), freshness: answer, unit: COMMUNE, excluded },
      NOON,
    );

  it('is told with the log’s word, or with none where nothing is published', () => {
    const none = { ...honest, answer: null as unknown as Freshness };
    expect(ask(bundle, none)).toMatchObject({ checkpoint: null, target: { unit: COMMUNE } });
    // The world's directory names a log of its own: the checkpoint of this one is none of it.
    expect(refusal(() => ask(bundle, honest))).toBe('checkpoint_malformed');
  });

  it('is not believed to be nobody when the log cannot confirm it', () => {
    const empty = { ...bundle, epochs: [] };
    const none = { ...honest, answer: null as unknown as Freshness };
    expect(refusal(() => ask(empty, none))).toBe('epoch_missing');
    expect(refusal(() => ask(empty, honest))).toBe('checkpoint_malformed');
  });
});
