import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleLine } from '../../../src/audit/lines.ts';
import { bundleLines } from '../../../src/features/audit/bundle.ts';
import { newestPublished } from '../../../src/features/audit/source.ts';
import { recordLaw } from '../../../src/instance/law.ts';
import { ENTRY_BYTES } from '../../../src/ledger/entry.ts';
import { verifyMultiProof } from '../../../src/ledger/multi-proof.ts';
import { parseNote } from '../../../src/ledger/note.ts';
import { buildTree, entryHash } from '../../../src/ledger/tree.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { concat, equalBytes, fromUtf8, toHex, utf8 } from '../../../src/protocol/bytes.ts';
import { checkEventParts, eventLeaf, parseEvent, parsePart } from '../../../src/protocol/event.ts';
import { openBundle } from '../../../src/protocol/sealed-bundle.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { testWitness, type WithLog, withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

type LineOf<T extends BundleLine['t']> = Extract<BundleLine, { t: T }>;

let instance: Instance;
let auditor: Staff;
let unitAuditor: Staff;
let whole: readonly BundleLine[];
let scoped: readonly BundleLine[];
let log: WithLog;

beforeAll(async () => {
  instance = await openInstance();
  const officer = await signIn(instance, 'tohieu.canbo');
  auditor = await signIn(instance, 'doclap');
  unitAuditor = await signIn(instance, 'kiemtra');
  log = await withLog(instance, { witnesses: [testWitness(instance)] });
  for (let i = 0; i < 2; i++) {
    const { tip } = await sendTip(instance);
    await takeStep(officer, tip, { step: 'registered' });
  }
  await log.round();
  // What comes after the checkpoint is in no bundle of its size.
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, { step: 'registered' });
  whole = await lines(null);
  scoped = await lines([TO_HIEU]);
});
afterAll(() => instance.close());

async function lines(units: readonly (typeof TO_HIEU)[] | null): Promise<readonly BundleLine[]> {
  const { ledger } = instance.store;
  const newest = await newestPublished(ledger);
  if (newest === null) throw new Error('nothing is published');
  const found: BundleLine[] = [];
  for await (const line of bundleLines(
    { deps: instance.deps, ledger, ...newest },
    { auditor: 'doclap', units },
  ))
    found.push(line);
  return found;
}

const all = <T extends BundleLine['t']>(from: readonly BundleLine[], t: T): readonly LineOf<T>[] =>
  from.filter((line): line is LineOf<T> => line.t === t);
const sha256 = (data: Uint8Array) => instance.suite.sha256(data);
const entriesIn = (from: readonly BundleLine[]): readonly Uint8Array[] =>
  all(from, 'entries').flatMap(({ b }) => {
    const bytes = fromBase64Url(b);
    return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) =>
      bytes.slice(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES),
    );
  });
const subjects = (from: readonly BundleLine[]) => all(from, 'chain').map(({ subject }) => subject);

describe('a whole bundle', () => {
  it('begins with what it is and ends with how much came', () => {
    expect(whole[0]).toMatchObject({ t: 'bundle', v: 1, kind: 'whole', auditor: 'doclap', units: null });
    expect(whole.at(-1)).toEqual({
      t: 'end',
      chains: all(whole, 'chain').length,
      events: all(whole, 'event').length,
    });
  });

  it('holds every entry of the tree, whose root is the checkpoint’s', () => {
    const [header] = all(whole, 'bundle');
    const entries = entriesIn(whole);
    expect(entries).toHaveLength(header?.size ?? 0);
    const tree = buildTree(
      sha256,
      entries.map((entry) => entryHash(sha256, entry)),
    );
    expect(toHex(tree.root)).toBe(header?.root);
  });

  it('has the witness’s line under each checkpoint', () => {
    for (const { note } of all(whole, 'batch')) expect(parseNote(utf8(note))?.signatures).toHaveLength(2);
  });

  it('opens every entry but dummies with a leaf, parts and salts that fit', () => {
    const entries = entriesIn(whole);
    const opened = all(whole, 'event');
    const dummies = all(whole, 'batch').reduce((sum, batch) => sum + batch.dummies, 0);
    expect(opened.length + dummies).toBe(entries.length);
    for (const { i, r, s, c, cs, p, ps } of opened) {
      const leaf = eventLeaf(instance.suite, fromBase64Url(s), utf8(r));
      expect(leaf).toBe(toHex(entries[i]?.subarray(0, 32) ?? new Uint8Array(0)));
      checkEventParts(instance.suite, parseEvent(utf8(r)), {
        citizenPart: utf8(c),
        citizenSalt: fromBase64Url(cs),
        restrictedPart: utf8(p),
        restrictedSalt: fromBase64Url(ps),
      });
    }
  });

  it('counts each chain before its events, tips last', () => {
    const kinds = subjects(whole).map((subject) => subject.split(':')[0] ?? '');
    const order = ['log', 'directory', 'unit', 'staff', 'reader', 'tip'];
    const places = kinds.map((kind) => order.indexOf(kind));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(all(whole, 'chain').reduce((sum, { events }) => sum + events, 0)).toBe(all(whole, 'event').length);
  });

  it('carries the promise of each submission and every statement that the log names', () => {
    expect(all(whole, 'event').filter(({ promise }) => promise !== undefined)).toHaveLength(2);
    const kinds = new Set(all(whole, 'statement').map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['directory-keys', 'directory', 'member', 'epoch']));
    expect(all(whole, 'shard').length).toBeGreaterThan(0);
  });

  it('is the same, taken twice of one size', async () => {
    expect(await lines(null)).toEqual(whole);
  });

  it('holds no line longer than a reader takes', () => {
    for (const line of whole) expect(JSON.stringify(line).length).toBeLessThan(256 * 1024);
  });
});

describe('a scoped bundle', () => {
  it('opens the scope’s own chains and the open ones, and nobody’s account', () => {
    const found = subjects(scoped);
    expect(found).toContain('directory');
    expect(found).toContain('log');
    expect(found.filter((subject) => subject.startsWith('unit:'))).toEqual([`unit:${TO_HIEU}`]);
    expect(found.filter((subject) => subject.startsWith('tip:'))).toHaveLength(2);
    expect(found.some((subject) => subject.startsWith('staff:'))).toBe(false);
    expect(entriesIn(scoped)).toEqual([]);
  });

  it('proves that all of it is in the log', () => {
    const entries = entriesIn(whole);
    const opened = all(scoped, 'event')
      .map(({ i }) => ({ index: i, node: entryHash(sha256, entries[i] ?? new Uint8Array(0)) }))
      .toSorted((a, b) => a.index - b.index);
    const nodes = all(scoped, 'proof').flatMap((line) => line.nodes.map((node) => fromBase64Url(node)));
    const root = buildTree(
      sha256,
      entries.map((entry) => entryHash(sha256, entry)),
    ).root;
    expect(verifyMultiProof(sha256, opened, entries.length, nodes, root)).toBe(true);
    expect(equalBytes(concat(...nodes), concat(...nodes.toReversed()))).toBe(false);
  });
});

describe('a bundle as it is taken', () => {
  const take = (staff: Staff) => staff.get('/api/staff/audit/bundle');
  const opened = async (staff: Staff, bytes: Uint8Array): Promise<readonly BundleLine[]> => {
    const found: Uint8Array[] = [];
    const source = new Blob([new Uint8Array(bytes)]).stream();
    for await (const piece of openBundle(instance.suite, staff.person.secrets.kem.secretKey, source))
      found.push(piece);
    return fromUtf8(concat(...found))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BundleLine);
  };

  it('is sealed to its auditor, line by line what the checkpoint has', async () => {
    const response = await take(auditor);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const [header] = all(whole, 'bundle');
    expect(response.headers.get('x-tinkin-leaves')).toBe(String(header?.size));
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(await opened(auditor, bytes)).toEqual(whole);
    await expect(opened(unitAuditor, bytes)).rejects.toMatchObject({ code: 'audit_bundle_malformed' });
  });

  it('is scoped for an auditor of a unit', async () => {
    const bytes = new Uint8Array(await (await take(unitAuditor)).arrayBuffer());
    const lines = await opened(unitAuditor, bytes);
    expect(lines[0]).toMatchObject({ kind: 'scoped', auditor: 'kiemtra' });
    expect(entriesIn(lines)).toEqual([]);
    // The Committee oversees its province, the commune police among it.
    expect(subjects(lines).filter((subject) => subject.startsWith('tip:'))).toHaveLength(2);
  });

  it('leaves an event in its taker’s chain first', async () => {
    const response = await take(auditor);
    const event = eventsOf(instance, `staff:${auditor.person.id}`).at(-1);
    expect(event?.type).toBe('bundle_taken');
    const [header] = all(whole, 'bundle');
    expect(parsePart(event?.restrictedPart ?? new Uint8Array(0))).toMatchObject({
      kind: 'whole',
      size: header?.size,
    });
    await response.body?.cancel();
  });

  it('is for auditors alone, two at once, and not before the first checkpoint', async () => {
    const empty = await openInstance();
    expect(await refusal(await (await signIn(empty, 'doclap')).get('/api/staff/audit/bundle'))).toMatchObject(
      {
        status: 409,
        code: 'ledger_empty',
      },
    );
    expect(
      await refusal(await (await signIn(empty, 'tohieu.canbo')).get('/api/staff/audit/bundle')),
    ).toMatchObject({ status: 403, code: 'forbidden' });
    await empty.close();
    const going = await Promise.all([take(auditor), take(auditor)]);
    expect(await refusal(await take(auditor))).toMatchObject({ code: 'sealer_busy' });
    await Promise.all(going.map((response) => response.body?.cancel()));
    expect((await take(auditor)).status).toBe(200);
  });

  it('waits until the log says with which files of law the service runs', async () => {
    const { data } = instance.deps;
    const plans = { ...(data.get('plans') as object), note: 'khác' };
    await recordLaw({
      ...instance.deps,
      data: { get: (name) => (name === 'plans' ? plans : data.get(name)) },
    });
    expect(await refusal(await take(auditor))).toMatchObject({ status: 503, code: 'unavailable' });
    await log.round();
    const response = await take(auditor);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});
