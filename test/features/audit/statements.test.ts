import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hash, Seconds, TipId } from '../../../src/domain/ids.ts';
import {
  type AuditedCheckpoint,
  type CanarySet,
  parseAudited,
  signAudited,
  signCanaries,
} from '../../../src/protocol/auditor.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { toHex } from '../../../src/protocol/bytes.ts';
import { cosignDsse } from '../../../src/protocol/dsse.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let auditor: Staff;
let own: Staff;
let officer: Staff;
let first: AuditedCheckpoint;
let second: AuditedCheckpoint;

const CHECKPOINTS = '/api/staff/audit/checkpoints';
const CANARIES = '/api/staff/audit/canaries';
const hash = (digit: string) => digit.repeat(64) as Hash;

beforeAll(async () => {
  instance = await openInstance();
  auditor = await signIn(instance, 'doclap');
  own = await signIn(instance, 'kiemtra');
  officer = await signIn(instance, 'tohieu.canbo');
  const log = await withLog(instance);
  first = await newest();
  await log.round();
  second = await newest();
});
afterAll(() => instance.close());

async function newest(): Promise<AuditedCheckpoint> {
  const batch = await instance.store.ledger.published();
  if (batch === null) throw new Error('nothing is published');
  return {
    instance: instance.deps.instance.id,
    auditor: 'doclap',
    origin: instance.deps.instance.logOrigin,
    size: batch.size,
    root: toHex(batch.root) as Hash,
    report: hash('b'),
    exceptions: [],
    at: instance.clock.now(),
  };
}

const signed = (change: Partial<AuditedCheckpoint>, of = second) =>
  signAudited(instance.suite, { ...of, at: instance.clock.now(), ...change }, auditor.person.secrets.sign);
const send = (path: string, statement: Uint8Array, by = auditor) =>
  by.post(path, { statement: toBase64Url(statement) });
const set = (change: Partial<CanarySet> = {}) =>
  signCanaries(
    instance.suite,
    {
      instance: instance.deps.instance.id,
      auditor: 'doclap',
      n: 5,
      root: hash('c'),
      at: instance.clock.now(),
      ...change,
    },
    auditor.person.secrets.sign,
  );

describe('a checkpoint that an auditor has verified', () => {
  it('is kept with an open event that names the statement', async () => {
    const bytes = signed({ exceptions: ['1'.repeat(32) as TipId] }, first);
    const { statement } = await ok<{ statement: Hash }>(await send(CHECKPOINTS, bytes));
    expect(statement).toBe(parseAudited(instance.suite, bytes).hash);
    const event = eventsOf(instance, 'directory').at(-1);
    expect(event?.type).toBe('checkpoint_audited');
    expect(parsePart(event?.restrictedPart ?? bytes)).toEqual({
      v: 1,
      auditor: 'doclap',
      statement,
      size: first.size,
    });
    expect(await instance.store.ledger.auditorStatements('audited-checkpoint')).toEqual([
      {
        hash: statement,
        kind: 'audited-checkpoint',
        auditor: 'doclap',
        n: first.size,
        origin: first.origin,
        record: bytes,
      },
    ]);
  });

  it('sent again changes nothing', async () => {
    const bytes = signed({});
    const given = await ok(await send(CHECKPOINTS, bytes));
    const before = eventsOf(instance, 'directory').length;
    expect(await ok(await send(CHECKPOINTS, bytes))).toEqual(given);
    expect(eventsOf(instance, 'directory')).toHaveLength(before);
  });

  it.each<[string, () => Uint8Array, unknown]>([
    ['of another root', () => signed({ root: hash('a') }), 'checkpoint_unknown'],
    ['of a size between two', () => signed({ size: second.size - 1 }), 'checkpoint_unknown'],
    ['that is not published', () => signed({ size: second.size + 8 }), 'checkpoint_unknown'],
    ['of another log', () => signed({ origin: 'other.example/log' }), 'checkpoint_unknown'],
    ['no newer than the last one', () => signed({ report: hash('d') }, first), 'checkpoint_unknown'],
    ['of another instance', () => signed({ instance: 'other' }), 'event_invalid'],
    ['signed an hour ago', () => signed({ at: (instance.clock.now() - 3600) as Seconds }), 'event_invalid'],
    ['in another auditor’s name', () => signed({ auditor: 'khac' }), 'auditor_signature'],
    [
      'signed by somebody else',
      () =>
        signAudited(
          instance.suite,
          { ...second, at: instance.clock.now() },
          instance.person('kiemtra').secrets.sign,
        ),
      'auditor_signature',
    ],
    [
      'signed by two',
      () => cosignDsse(instance.suite, signed({}), instance.person('kiemtra').secrets.sign),
      'auditor_signature',
    ],
    ['that is none', () => new Uint8Array(40), 'event_invalid'],
  ])('%s is refused', async (_what, bytes, code) => {
    expect((await refusal(await send(CHECKPOINTS, bytes()))).code).toBe(code);
  });

  it('comes only from an auditor whom the directory names', async () => {
    for (const by of [own, officer])
      expect(await refusal(await send(CHECKPOINTS, signed({}), by))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
  });
});

describe('a set of test tips', () => {
  it('is committed to with an open event, once', async () => {
    const bytes = set();
    const { statement } = await ok<{ statement: Hash }>(await send(CANARIES, bytes));
    const event = eventsOf(instance, 'directory').at(-1);
    expect(event?.type).toBe('canaries_committed');
    expect(parsePart(event?.restrictedPart ?? bytes)).toEqual({ v: 1, auditor: 'doclap', statement, n: 5 });
    expect(await refusal(await send(CANARIES, bytes))).toMatchObject({ status: 409, code: 'canary_known' });
    expect(eventsOf(instance, 'directory').at(-1)?.no).toBe(event?.no);
  });

  it('is refused from another hand', async () => {
    const foreign = set({ auditor: 'khac' });
    expect((await refusal(await send(CANARIES, foreign))).code).toBe('auditor_signature');
    expect((await refusal(await send(CANARIES, signed({})))).code).toBe('event_invalid');
  });
});

describe('an auditor’s view', () => {
  it('names the newest published checkpoint and whether this person may sign', async () => {
    const { origin, size, root } = second;
    expect(await ok(await auditor.get('/api/staff/audit'))).toMatchObject({
      kind: 'whole',
      maySign: true,
      checkpoint: { origin, size, root, witnesses: 0 },
    });
    expect(await ok(await own.get('/api/staff/audit'))).toMatchObject({ kind: 'scoped', maySign: false });
    expect(await refusal(await officer.get('/api/staff/audit'))).toMatchObject({ code: 'forbidden' });
  });
});
