import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Hour, UnitId } from '../../../src/domain/ids.ts';
import { createRecorder } from '../../../src/instance/recorder.ts';
import { EPOCH_GRACE_SECONDS } from '../../../src/protocol/epoch.ts';
import { finishSubmission } from '../../../src/protocol/prepare.ts';
import { encodeSubmission, splitSubmission } from '../../../src/protocol/submission.ts';
import {
  askChallenge,
  type Citizen,
  errorOf,
  finish,
  newCitizen,
  postFrame,
  postJson,
  stored,
  submit,
} from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import { DAY, NOW, signRevocation } from '../../protocol/world.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

/** Posts a frame that must be refused, and that nothing may be stored of. */
async function refused(frame: Uint8Array, headers: Record<string, string> = {}) {
  const before = stored(instance);
  const error = await errorOf(await postFrame(instance, frame, headers));
  expect(stored(instance)).toEqual(before);
  return error;
}

async function prepared(citizen: Citizen = newCitizen(instance)) {
  return finish(instance, citizen, await askChallenge(instance, citizen));
}

describe('a frame', () => {
  test('with any byte flipped is refused', async () => {
    const { frame } = await prepared();
    for (let at = 0; at < frame.length; at += 97) {
      const flipped = frame.with(at, (frame[at] ?? 0) ^ 0x20);
      expect((await refused(flipped)).status).toBeLessThan(500);
    }
  });

  test('cut short anywhere is refused', async () => {
    const { frame } = await prepared();
    for (const length of [0, 3, 5, 100, 2000, frame.length - 1]) {
      expect(await refused(frame.slice(0, length))).toMatchObject({ status: 400, code: 'frame_malformed' });
    }
  });

  test('with bytes after its end is refused', async () => {
    const { frame } = await prepared();
    const longer = new Uint8Array(frame.length + 1);
    longer.set(frame);
    expect(await refused(longer)).toMatchObject({ status: 400, code: 'frame_malformed' });
  });

  test('beyond 512 KiB is refused with 413', async () => {
    expect(await refused(new Uint8Array(512 * 1024 + 1))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  test('of another content type is refused with 415', async () => {
    const { frame } = await prepared();
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', '']) {
      expect(await refused(frame, { 'content-type': type })).toMatchObject({
        status: 415,
        code: 'content_type',
      });
    }
  });

  test('that a browser says another site sent is refused', async () => {
    const { frame } = await prepared();
    const cross = { status: 403, code: 'cross_site' };
    expect(await refused(frame, { 'sec-fetch-site': 'cross-site' })).toMatchObject(cross);
    expect(await refused(frame, { 'sec-fetch-site': 'same-site' })).toMatchObject(cross);
  });
});

describe('a submission', () => {
  test('for a unit that does not exist is refused', async () => {
    const citizen = newCitizen(instance, { unit: '14-99999-ca' as UnitId });
    expect(await refused((await prepared(citizen)).frame)).toMatchObject({
      status: 400,
      code: 'unit_unknown',
    });
  });

  test('for an epoch that was never signed is refused', async () => {
    const citizen = newCitizen(instance, { epoch: 7 });
    expect(await refused((await prepared(citizen)).frame)).toMatchObject({
      status: 400,
      code: 'epoch_unknown',
    });
  });

  test('for an expired epoch is taken for 48 hours more, for uploads that were begun', async () => {
    instance.clock.set(NOW + 6 * DAY + EPOCH_GRACE_SECONDS - 60);
    expect((await submit(instance)).response.status).toBe(201);
  });

  test('for an epoch that expired longer ago is refused before anything is stored', async () => {
    instance.clock.set(NOW + 6 * DAY + EPOCH_GRACE_SECONDS + 60);
    expect(await refused((await prepared()).frame)).toMatchObject({ status: 409, code: 'epoch_expired' });
  });

  test('for a revoked epoch is refused at once', async () => {
    await submit(instance);
    const { suite, people } = instance.world;
    const at = instance.clock.now();
    const { communeHead, provinceHead } = people;
    const record = signRevocation(
      suite,
      { unit: communeHead.fields.unit, target: { kind: 'epoch', n: 1 }, at },
      [communeHead.sign, provinceHead.sign],
    );
    const { fields } = communeHead;
    const row = {
      kind: 'revocation',
      unit: fields.unit,
      version: 0,
      from: at,
      until: fields.until,
      person: '',
      record,
    };
    const hash = instance.deps.crypto.sha256(record);
    await createRecorder(instance.deps, 'test').statement({
      ...row,
      hash: Buffer.from(hash).toString('hex'),
    } as Parameters<ReturnType<typeof createRecorder>['statement']>[0]);
    instance.deps.live.publish(fields.unit, { kind: 'unit_changed' });
    expect(await refused((await prepared()).frame)).toMatchObject({ status: 409, code: 'epoch_revoked' });
  });

  test('of another instance is refused', async () => {
    const citizen = newCitizen(instance, { instance: 'another' });
    expect(await refused((await prepared(citizen)).frame)).toMatchObject({
      status: 400,
      code: 'seal_mismatch',
    });
  });

  test('that claims the server sealed it is refused at the browsers’ door', async () => {
    const citizen = newCitizen(instance, { assurance: 'server-sealed' });
    expect(await refused((await prepared(citizen)).frame)).toMatchObject({
      status: 400,
      code: 'seal_mismatch',
    });
  });

  test('signed by anybody but the author in its envelope is refused', async () => {
    const citizen = newCitizen(instance);
    const { frame } = await prepared(citizen);
    const sections = splitSubmission(frame);
    const envelope = JSON.parse(new TextDecoder().decode(sections.record)) as {
      signatures: { sig: string }[];
    };
    const [signature] = envelope.signatures;
    signature!.sig = Buffer.alloc(64, 5).toString('base64');
    const record = new TextEncoder().encode(JSON.stringify(envelope));
    const forged = encodeSubmission({ ...sections, record });
    expect(await refused(forged)).toMatchObject({ status: 400, code: 'author_signature' });
  });

  test('with an hour that the challenge did not give is refused: the law’s clocks cannot be back-dated', async () => {
    const citizen = newCitizen(instance);
    const challenge = await askChallenge(instance, citizen);
    const backDated = finish(instance, citizen, challenge, { t0: challenge.t0 - 1 });
    expect(await refused(backDated.frame)).toMatchObject({ status: 400, code: 'challenge_invalid' });
  });

  test('of the same tip with another seal is 409', async () => {
    const { citizen } = await submit(instance);
    const other = newCitizen(instance, { tip: citizen.sealed.tip, text: 'khác' });
    expect(await refused((await prepared(other)).frame)).toMatchObject({ status: 409, code: 'tip_conflict' });
  });

  test('with a mailbox that another tip has is 409', async () => {
    const master = new Uint8Array(32).fill(3);
    await submit(instance, { master });
    const other = newCitizen(instance, { master });
    expect(await refused((await prepared(other)).frame)).toMatchObject({
      status: 409,
      code: 'mailbox_taken',
    });
  });
});

describe('a proof of work', () => {
  test('that is missing is refused', async () => {
    const citizen = newCitizen(instance);
    const challenge = await askChallenge(instance, citizen);
    const { frame } = finish(instance, citizen, challenge, { solution: new Uint8Array(0) });
    expect(await refused(frame)).toMatchObject({ status: 400, code: 'challenge_missing' });
  });

  test('that expired is refused with 409, so that the browser asks for another', async () => {
    const { frame } = await prepared();
    instance.clock.set(instance.clock.now() + 601);
    expect(await refused(frame)).toMatchObject({ status: 409, code: 'challenge_expired' });
  });

  test('made for another submission is refused', async () => {
    const [one, other] = [newCitizen(instance), newCitizen(instance)];
    const theirs = splitSubmission((await prepared(other)).frame).solution;
    const { frame } = finish(instance, one, await askChallenge(instance, one), { solution: theirs });
    expect(await refused(frame)).toMatchObject({ status: 400, code: 'challenge_invalid' });
  });

  test('that was spent by a stored submission is refused in another one’s transaction', async () => {
    const { prepared: first } = await submit(instance);
    const { solution } = splitSubmission(first.frame);
    const { nonce } = JSON.parse(new TextDecoder().decode(solution)) as { nonce: string };
    // A challenge port that accepts, with the id that is spent already: what remains is the store's unique key.
    const spent = { ok: true, id: `pow:${nonce}`, t0: first.t0, expires: instance.clock.now() + 60 };
    Object.assign(instance.deps.challenge, { check: async () => spent });
    expect(await refused((await prepared()).frame)).toMatchObject({ status: 409, code: 'challenge_spent' });
  });

  test('is not given out for something that is no seal hash', async () => {
    for (const seal of ['', 'x', 'AB'.repeat(32), 'ab'.repeat(31), 5, null]) {
      const response = await postJson(instance, '/api/challenge', { seal });
      expect(await errorOf(response)).toMatchObject({ status: 400, code: 'field_invalid', field: 'seal' });
    }
  });
});

describe('storage', () => {
  test('that is full answers 507, stores nothing, and takes tips again when there is room', async () => {
    const { frame } = await prepared();
    const { page_count: pages } = instance.connection.prepare('PRAGMA page_count').get() as {
      page_count: number;
    };
    const connection = (instance.deps.store as unknown as { connection: typeof instance.connection })
      .connection;
    connection.pragma(`max_page_count = ${pages}`);
    expect(await errorOf(await postFrame(instance, frame))).toMatchObject({
      status: 507,
      code: 'storage_full',
    });
    connection.pragma('max_page_count = 1073741823');
    expect((await postFrame(instance, frame)).status).toBe(201);
  });

  test('syncs its log at every commit', () => {
    const connection = (instance.deps.store as unknown as { connection: typeof instance.connection })
      .connection;
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  });
});

test('a T0 that the author signed is the one that is stored', async () => {
  const citizen = newCitizen(instance);
  const challenge = await askChallenge(instance, citizen);
  const { suite } = instance.world;
  const { solution } = splitSubmission(finish(instance, citizen, challenge).frame);
  instance.clock.set(instance.clock.now() + 500);
  const { frame } = finishSubmission(suite, citizen.sealed, citizen.keys, {
    t0: challenge.t0 as Hour,
    solution,
  });
  expect((await postFrame(instance, frame)).status).toBe(201);
  expect(instance.connection.prepare('SELECT t0 FROM tip').get()).toEqual({ t0: challenge.t0 });
});
