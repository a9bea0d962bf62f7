import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BundleLine } from '../../../src/audit/lines.ts';
import { verifyBundle } from '../../../src/audit/verify.ts';
import type { Remains } from '../../../src/domain/contribution.ts';
import { logEvent } from '../../../src/domain/events/index.ts';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import { bundleLines } from '../../../src/features/audit/bundle.ts';
import { newestPublished } from '../../../src/features/audit/source.ts';
import { recorded } from '../../../src/http/kit/server-event.ts';
import { renewedOrigin } from '../../../src/ledger/origin.ts';
import { signAudited } from '../../../src/protocol/auditor.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { toHex } from '../../../src/protocol/bytes.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { environmentOf } from '../../audit/world.ts';
import { concluded, leading } from '../../fixtures/concluded.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type WithLog, withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { stepBody, tipOf } from '../../fixtures/steps.ts';

const BASE = '/api/staff/retention';

let instance: Instance;
let log: WithLog;
let head: Staff;
let deputy: Staff;
/** In the log before the audit, and only after it. */
let covered: TipId;
let later: TipId;
let audited: Hash;

/** An auditor of the instance says that everything published so far was verified. */
async function audit(): Promise<Hash> {
  const batch = await instance.store.ledger.published();
  if (batch === null) throw new Error('nothing is published');
  const auditor = await signIn(instance, 'doclap');
  const checkpoint = {
    instance: instance.deps.instance.id,
    auditor: 'doclap',
    origin: instance.deps.instance.logOrigin,
    size: batch.size,
    root: toHex(batch.root) as Hash,
    report: 'ab'.repeat(32) as Hash,
    exceptions: [],
    at: instance.clock.now(),
  };
  const statement = toBase64Url(signAudited(instance.suite, checkpoint, auditor.person.secrets.sign));
  return (await ok<{ statement: Hash }>(await auditor.post('/api/staff/audit/checkpoints', { statement })))
    .statement;
}

beforeAll(async () => {
  instance = await openInstance();
  const people = await leading(instance);
  covered = (await concluded(instance, people)).tip;
  log = await withLog(instance, { rounds: 2 });
  audited = await audit();
  later = (await concluded(instance, people)).tip;
  await log.round();
  instance.clock.pass(190 * 86_400);
  head = await signIn(instance, 'tohieu.truong');
  deputy = await signIn(instance, 'tohieu.pho');
});
afterAll(() => instance.close());

const propose = async (tip: TipId): Promise<Response> => {
  const upTo = (await tipOf(head, tip)).head.no;
  const act = { step: 'shredding_proposed', rule: 'apart-6m', audited, upTo } as const;
  return head.post(`${BASE}/${tip}/steps`, await stepBody(head, tip, act));
};

test('only a tip whose every event lies below the audited checkpoint can be shredded', async () => {
  const { rows } = await ok<{ rows: { tip: TipId; uncovered: string | null }[] }>(await head.get(BASE));
  expect(rows.map(({ tip, uncovered }) => [tip, uncovered])).toEqual([
    [covered, null],
    [later, 'not_audited'],
  ]);
  expect((await refusal(await propose(later))).code).toBe('not_audited');
});

test('what two leaders sign names the places of the emptied events in the log, whose tree stays as it was', async () => {
  const { ledger } = instance.store;
  const indices = await ledger.indicesOf(1, covered);
  const upTo = (await tipOf(head, covered)).head.no;
  const root = (await ledger.published())?.root;
  await ok(await propose(covered));
  const decision = (await tipOf(deputy, covered)).state.pending?.id ?? 0;
  const { remains } = await ok<{ remains: Remains }>(await deputy.get(`${BASE}/${covered}`));
  const places = remains.leaves.flatMap(([first, count]) =>
    Array.from({ length: count }, (_, i) => first + i),
  );
  expect(places).toEqual(indices.slice(0, upTo));
  const body = await stepBody(deputy, covered, { step: 'shredded', decision }, { facts: { remains } });
  await ok(await deputy.post(`${BASE}/${covered}/steps`, body));
  expect((await ledger.published())?.root).toEqual(root);
  await log.round();
  const opened = await ledger.openedOf(1, `tip:${covered}`, 1, 100);
  expect(opened.map(({ no, record }) => [no, record.length > 0])).toEqual(
    Array.from({ length: upTo + 2 }, (_, i) => [i + 1, i >= upTo]),
  );
  const last = (await tipOf(head, covered)).events.at(-1);
  expect(parsePart(fromBase64Url(last?.restrictedPart ?? '')).remains).toEqual(remains);
});

async function bundle(): Promise<readonly BundleLine[]> {
  const { ledger } = instance.store;
  const newest = await newestPublished(ledger);
  if (newest === null) throw new Error('nothing is published');
  const lines: BundleLine[] = [];
  const source = { deps: instance.deps, ledger, ...newest };
  for await (const line of bundleLines(source, { auditor: 'doclap', units: null })) lines.push(line);
  return lines;
}

test('a bundle carries what was emptied as a hole with its places and leaves, and the rest opened', async () => {
  const lines = await bundle();
  const holes = lines.filter((line) => line.t === 'hole');
  const indices = await instance.store.ledger.indicesOf(1, covered);
  const upTo = indices.length - 2;
  expect(holes).toMatchObject([{ from: 1, to: upTo, indices: indices.slice(0, upTo) }]);
  const begins = lines.findIndex((line) => line.t === 'chain' && line.subject === `tip:${covered}`);
  expect(lines.slice(begins + 1, begins + 4).map(({ t }) => t)).toEqual(['hole', 'event', 'event']);
});

test('an auditor finds nothing wrong with it, and names the shredding where the period was not over by their own rules', async () => {
  const texts = (await bundle()).map((line) => JSON.stringify(line));
  const lines = async function* () {
    yield* texts;
  };
  const environment = environmentOf(instance);
  const { law } = environment;
  const right = await verifyBundle(environment, lines, {});
  expect(right.violations).toEqual([]);
  expect(right.leaves.shredded).toBe((await instance.store.ledger.indicesOf(1, covered)).length - 2);
  const longer = law.retention.map((rule) => ({ ...rule, after: { n: 24, unit: 'm' as const } }));
  const strict = { ...environmentOf(instance), law: { ...law, retention: longer } };
  const { violations } = await verifyBundle(strict, lines, {});
  expect(violations.map(({ check, subject }) => [check, subject])).toEqual([
    ['shreddingAttested', `tip:${covered}`],
  ]);
});

test('a log that takes the place of a lost one holds the emptied leaves too, and an auditor finds only what nobody declared to the directory', async () => {
  const { ledger } = instance.store;
  const origin = renewedOrigin(instance.deps.instance.logOrigin, instance.clock.now());
  const from = instance.deps.instance.logOrigin;
  const act = logEvent('rollback_declared', { from, own: null, known: null, reason: 'Khôi phục' });
  await recorded(instance.deps, act, (event) => ledger.begin(origin, instance.clock.now(), event));
  await log.round();
  const texts = (await bundle()).map((line) => JSON.stringify(line));
  const lines = async function* () {
    yield* texts;
  };
  const { violations, leaves } = await verifyBundle(environmentOf(instance), lines, {});
  expect(violations.map(({ check, detail }) => [check, detail])).toEqual([
    ['rollBackDeclared', 'the directory names another log'],
  ]);
  expect(leaves.shredded).toBe((await ledger.indicesOf(2, covered)).length - 2);
});
