import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEvent } from '../../../src/audit/opening.ts';
import { CHECK_NAMES } from '../../../src/audit/violation.ts';
import { prepareSet } from '../../../src/cli/canaries/prepare.ts';
import { closeSet, revealSet } from '../../../src/cli/canaries/reveal.ts';
import { type CanarySetFile, changed } from '../../../src/cli/canaries/set-file.ts';
import { type CitizenWorld, canaryTip, sendTip } from '../../../src/cli/canary/citizen.ts';
import { Client } from '../../../src/cli/canary/client.ts';
import { StaffSession } from '../../../src/cli/canary/staff-session.ts';
import { Stopwatch } from '../../../src/cli/canary/stopwatch.ts';
import { directoryEvent } from '../../../src/domain/events/index.ts';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import { serverEvent } from '../../../src/http/kit/server-event.ts';
import { openStretchPool, type StretchPool } from '../../../src/instance/stretch-pool.ts';
import { signClosed } from '../../../src/protocol/auditor.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8 } from '../../../src/protocol/bytes.ts';
import { audited, bundleOf } from '../../audit/world.ts';
import { apart, relogged, together, withChain } from '../../faults/malicious-server/forging.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip as sendOrdinary } from '../../fixtures/citizen.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, ORIGIN, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type WithLog, withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

const BASE = '/api/staff/audit/canaries';

let instance: Instance;
let log: WithLog;
let pool: StretchPool;
let world: CitizenWorld;
let auditor: Staff;
let officer: Staff;
let head: Staff;
let session: StaffSession;
let set: CanarySetFile;
let ordinary: TipId;
const keep = async (now: CanarySetFile): Promise<void> => {
  set = now;
};
const tipAt = (index: number): TipId => set.canaries[index]!.tip;

async function answer(tip: TipId): Promise<void> {
  await takeStep(officer, tip, { step: 'registered' });
  const kind = { legalKind: 'admin_violation', conduct: 'other', priority: 'P3', competent: true } as const;
  await takeStep(officer, tip, { step: 'classified', ...kind, ...ORDINARY });
  await takeStep(officer, tip, { step: 'verification_started', plan: 'Kiểm tra tại chỗ' });
  const proposal = { outcome: 'unfounded', documentNumber: '07/BB', ground: 'Không có gì' } as const;
  await takeStep(officer, tip, { step: 'resolution_proposed', ...proposal });
  const decision = (await tipOf(officer, tip)).state.pending?.id ?? 0;
  await takeStep(head, tip, { step: 'resolved', decision });
  await takeStep(officer, tip, { step: 'notified', impossible: null });
}

beforeAll(async () => {
  instance = await openInstance();
  log = await withLog(instance, { rounds: 1 });
  pool = openStretchPool(1);
  auditor = await signIn(instance, 'doclap');
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  world = {
    ...{ origin: ORIGIN, suite: instance.suite, pins: instance.pins, pool, watch: new Stopwatch() },
    carry: (request) => instance.app.fetch(request),
    now: () => instance.clock.now(),
  };
  session = await StaffSession.resume(
    world,
    new Client(ORIGIN, world.carry, auditor.cookie),
    auditor.person.secrets,
  );
  set = await prepareSet(world, session, 'doclap', 3, keep);
  await log.round();
  for (const index of [0, 1]) {
    await keep(changed(set, index, { sent: true }));
    const { code } = await sendTip(world, canaryTip(`số ${index}`, TO_HIEU), { tip: tipAt(index) });
    await keep(changed(set, index, { code }));
  }
  ordinary = (await sendOrdinary(instance)).tip;
  await answer(tipAt(0));
  await answer(ordinary);
  await log.round();
});
afterAll(async () => {
  await pool.close();
  await instance.close();
});

/** A reveal of a tip as the auditor's program makes it, with the opening of one place of the set. */
async function reveal(tip: TipId, change: Partial<CanarySetFile> = {}): Promise<unknown> {
  const one = {
    ...set,
    ...change,
    canaries: set.canaries.map((each, i) => (i === 0 ? { ...each, tip } : each)),
  };
  return revealSet(world, session, one, async () => undefined);
}

describe('a test tip of an auditor', () => {
  test('is an ordinary tip to everybody until it is revealed: nothing in the store tells it', async () => {
    const detail = await instance.store.triage.tip(tipAt(0));
    const other = await instance.store.triage.tip(ordinary);
    expect(Object.keys(detail ?? {})).toEqual(Object.keys(other ?? {}));
    expect(detail?.events.map(({ type }) => type)).toEqual(other?.events.map(({ type }) => type));
  });

  test('is not told of by anybody but the auditor whom the directory names', async () => {
    const others = [await signIn(instance, 'kiemtra'), head];
    for (const staff of others)
      expect((await refusal(await staff.get(`${BASE}/${tipAt(0)}`))).code).toBe('forbidden');
    expect((await refusal(await auditor.get(`${BASE}/${'0'.repeat(32)}`))).code).toBe('tip_unknown');
  });

  test('cannot be an ordinary tip that somebody wants out of the figures', async () => {
    await expect(reveal(ordinary)).rejects.toMatchObject({ code: 'canary_unknown' });
  });

  test('cannot be of a set that was never committed to', async () => {
    const unknown = { statement: 'ab'.repeat(32) as Hash };
    await expect(reveal(tipAt(0), unknown)).rejects.toMatchObject({ code: 'canary_unknown' });
  });

  test('cannot be of a set that was committed to after it came in', async () => {
    const late = await prepareSet(world, session, 'doclap', 1, async () => undefined);
    await log.round();
    const canaries = [{ ...late.canaries[0]!, sent: true, tip: ordinary }];
    const forged = await revealSet(world, session, { ...late, canaries }, async () => undefined, true).catch(
      (error: { code: string }) => error.code,
    );
    expect(forged).toBe('canary_unknown');
    await closeSet(world, session, { set: late, revealed: [], open: [], lost: [], unused: [0] });
  });

  test('leaves every figure once it is revealed, and only then', async () => {
    const counted = async () =>
      (await instance.store.oversight.rollup([TO_HIEU], '2026-11-01' as never, '2027-01-31' as never)).reduce(
        (sum, { count }) => sum + count,
        0,
      );
    const before = await counted();
    const found = await revealSet(world, session, set, keep);
    expect(found).toMatchObject({ revealed: [0], open: [1], unused: [2], lost: [] });
    expect(await counted()).toBeLessThan(before);
    expect(await instance.store.oversight.verifyRollups()).toEqual([]);
    expect((await revealSet(world, session, set, keep)).revealed).toEqual([0]);
  });

  test('is counted by the verifier, which finds nothing wrong', async () => {
    await log.round();
    const report = await audited({ instance }, await bundleOf(instance));
    expect(report.violations).toEqual([]);
    expect(report.canaries).toEqual({ announced: 4, revealed: 1, handled: 1, unused: 1 });
  });
});

/** The bundle of a service that logs a closing of its own, in another database than the tests' own. */
async function bundleWith(closed: Uint8Array): Promise<readonly string[]> {
  const act = directoryEvent('canaries_closed', {
    auditor: set.auditor,
    statement: set.statement,
    closed: fromUtf8(closed),
  });
  const forged = apart(await bundleOf(instance));
  const directory = forged.chains.find(({ subject }) => subject === 'directory')?.lines ?? [];
  const last = directory.findLast((line) => line.t === 'event');
  if (last === undefined) throw new Error('no directory');
  const prev = openEvent(instance.deps.crypto, last)?.event.leaf ?? null;
  const row = serverEvent(instance.deps, act, { no: directory.length, leaf: prev });
  const line = {
    ...{ t: 'event', i: last.i, r: fromUtf8(row.record), s: toBase64Url(row.openings.leafSalt) },
    ...{ c: fromUtf8(row.citizenPart), cs: toBase64Url(row.openings.citizenSalt) },
    ...{ p: fromUtf8(row.restrictedPart), ps: toBase64Url(row.openings.restrictedSalt) },
  } as const;
  const longer = withChain(forged, 'directory', (lines) => [
    ...lines,
    { ...line, t: 'event' as const, i: newestOf(forged) },
  ]);
  return together(relogged(instance, longer));
}

const newestOf = ({ batches }: ReturnType<typeof apart>): number => batches.at(-1)?.from ?? 0;

describe('a set of test tips', () => {
  test.each([
    [{ unused: [2, 2], lost: [] }, 'event_invalid'],
    [{ unused: [3], lost: [] }, 'field_invalid'],
    [{ unused: [2], lost: [2] }, 'field_invalid'],
  ])('is not closed with places %j', async (places, code) => {
    const found = { set, revealed: [], open: [], ...places };
    await expect(closeSet(world, session, found)).rejects.toMatchObject({ code });
  });

  test('is closed by its auditor’s own word and by no other', async () => {
    const { canaries, ...of } = set;
    const said = { ...of, set: of.statement, unused: [1, 2], lost: [], at: instance.clock.now() };
    const statement = toBase64Url(signClosed(instance.suite, said, head.person.secrets.sign));
    const answer = await auditor.post(`${BASE}/close`, { statement });
    expect((await refusal(answer)).code).toBe('auditor_signature');
  });

  test('that the service closes in its auditor’s name is named', async () => {
    const said = {
      instance: set.instance,
      auditor: set.auditor,
      set: set.statement,
      unused: [1, 2],
      lost: [],
    };
    const forged = signClosed(
      instance.suite,
      { ...said, at: instance.clock.now() },
      head.person.secrets.sign,
    );
    const lines = await bundleWith(forged);
    const { violations } = await audited({ instance }, lines);
    expect(violations.map(({ check, detail }) => [check, detail])).toEqual([
      ['canaryHandled', 'a set is closed by a word that no auditor signed'],
    ]);
  });

  test('that is closed with a tip that came to nothing is named to everybody', async () => {
    await closeSet(world, session, { set, revealed: [0], open: [], lost: [1], unused: [2] });
    await log.round();
    const lines = await bundleOf(instance);
    const { violations } = await audited({ instance }, lines);
    expect(violations.map(({ check, detail }) => [check, detail])).toEqual([
      ['canaryHandled', '1 test tips were sent and are nowhere'],
    ]);
    const checks = CHECK_NAMES.filter((name) => name !== 'canaryHandled');
    expect((await audited({ instance }, lines, { checks })).violations).toEqual([]);
  });

  test('is closed once', async () => {
    const found = { set, revealed: [], open: [], unused: [], lost: [] };
    await expect(closeSet(world, session, found)).rejects.toMatchObject({ code: 'canary_known' });
  });
});
