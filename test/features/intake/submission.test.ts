import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkAnswer } from '../../../src/protocol/prepare.ts';
import { parseAnswer } from '../../../src/protocol/promise.ts';
import { splitSubmission } from '../../../src/protocol/submission.ts';
import { askChallenge, finish, newCitizen, postFrame, stored, submit } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import { COMMUNE } from '../../protocol/world.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

const bytes = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());

describe('an honest submission', () => {
  test('is stored and answered 201 with a promise that the browser can verify', async () => {
    const { prepared, response } = await submit(instance);
    expect(response.status).toBe(201);
    const ledger = { origin: 'demo.example/log', publicKey: instance.world.ledger.publicKey };
    const { suite } = instance.world;
    const answer = await bytes(response);
    expect(() => checkAnswer(suite, prepared, answer, ledger, instance.clock.now())).not.toThrow();
    expect(stored(instance)).toMatchObject({
      tip: 1,
      envelope: 1,
      mailbox: 1,
      acceptance: 1,
      spent_challenge: 1,
    });
  });

  test('is stored as the very bytes that the browser sealed', async () => {
    const { prepared } = await submit(instance);
    const sent = splitSubmission(prepared.frame);
    const row = instance.connection.prepare('SELECT core, body, seal FROM envelope').get() as Record<
      string,
      Uint8Array
    >;
    const event = instance.connection.prepare('SELECT record FROM event WHERE tip = 1').get() as {
      record: Uint8Array;
    };
    expect(Buffer.compare(row.body ?? sent.seal, sent.body)).toBe(0);
    expect(Buffer.compare(row.core ?? sent.seal, sent.core)).toBe(0);
    expect(Buffer.compare(row.seal ?? sent.body, sent.seal)).toBe(0);
    expect(Buffer.compare(event.record, sent.record)).toBe(0);
  });

  test('starts the clocks of receipt from its hour, not from its second', async () => {
    await submit(instance);
    const rows = instance.connection.prepare('SELECT DISTINCT started FROM tip_clock').all() as {
      started: number;
    }[];
    expect(rows).toEqual([{ started: Math.floor(instance.clock.now() / 3600) * 3600 }]);
  });

  test('leaves no time finer than an hour in the database', async () => {
    instance.clock.set(Math.floor(instance.clock.now() / 3600) * 3600 + 1234);
    const now = instance.clock.now();
    const { response } = await submit(instance);
    const { promise } = parseAnswer(await bytes(response));
    expect(promise.terms.includeBy % 3600).toBe(0);
    const tables = ['tip', 'mailbox', 'spent_challenge', 'custody', 'tip_clock'];
    const times = tables.flatMap((table) =>
      (instance.connection.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[])
        .flatMap((row) => Object.values(row))
        .filter((value): value is number => typeof value === 'number' && Math.abs(value - now) < 86_400),
    );
    expect(times.length).toBeGreaterThan(3);
    expect(times.filter((time) => time % 3600 !== 0)).toEqual([]);
  });

  test('is told to the consoles of its unit, urgent or not, and to no other', async () => {
    const heard: [string, { readonly kind: string }][] = [];
    instance.deps.live.watch((unit, event) => heard.push([unit, event]));
    await submit(instance, { urgent: true });
    const tips = heard.filter(([, { kind }]) => kind === 'new_tip');
    expect(tips).toEqual([[COMMUNE, { kind: 'new_tip', tip: expect.any(String), urgent: true }]]);
  });

  test('gets P1 when it is urgent', async () => {
    await submit(instance, { urgent: true });
    expect(instance.connection.prepare('SELECT priority, urgent FROM tip').get()).toEqual({
      priority: 'P1',
      urgent: 1,
    });
  });
});

describe('a replay of the same seal', () => {
  test('gets the stored bytes with 200, and nothing more is stored', async () => {
    const { prepared, response } = await submit(instance);
    const first = await bytes(response);
    const again = await postFrame(instance, prepared.frame);
    expect(again.status).toBe(200);
    expect(await bytes(again)).toEqual(first);
    expect(stored(instance).tip).toBe(1);
  });

  test('gets them also after its challenge and its epoch have expired', async () => {
    const { prepared, response } = await submit(instance);
    instance.clock.set(instance.clock.now() + 60 * 86_400);
    const again = await postFrame(instance, prepared.frame);
    expect([again.status, await bytes(again)]).toEqual([200, await bytes(response)]);
  });

  test('gets them also with another challenge', async () => {
    const { citizen, response } = await submit(instance);
    const anew = finish(instance, citizen, await askChallenge(instance, citizen));
    const again = await postFrame(instance, anew.frame);
    expect([again.status, await bytes(again)]).toEqual([200, await bytes(response)]);
    expect(stored(instance).spent_challenge).toBe(1);
  });

  test('that comes twice at the same moment is stored once, and both get the same answer', async () => {
    const citizen = newCitizen(instance);
    const { frame } = finish(instance, citizen, await askChallenge(instance, citizen));
    const answers = await Promise.all([postFrame(instance, frame), postFrame(instance, frame)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    const [one, other] = await Promise.all(answers.map(bytes));
    expect(one).toEqual(other);
    expect(stored(instance).tip).toBe(1);
  });
});

describe('many submissions at once', () => {
  test('are all stored, each with a promise of its own under few signatures', async () => {
    const prepared = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const citizen = newCitizen(instance);
        return finish(instance, citizen, await askChallenge(instance, citizen));
      }),
    );
    let signatures = 0;
    const { sign } = instance.deps.ledger;
    Object.assign(instance.deps.ledger, {
      sign: (message: Uint8Array) => {
        signatures++;
        return sign(message);
      },
    });
    const responses = await Promise.all(prepared.map(({ frame }) => postFrame(instance, frame)));
    expect(responses.every(({ status }) => status === 201)).toBe(true);
    const leaves = await Promise.all(
      responses.map(async (one) => parseAnswer(await bytes(one)).promise.terms.leaf),
    );
    expect(new Set(leaves).size).toBe(40);
    expect(stored(instance).tip).toBe(40);
    expect(signatures).toBeLessThan(40);
  });

  test('do not suffer from one bad one among them', async () => {
    const masters = [1, 2, 3, 4, 5, 1].map((fill) => new Uint8Array(32).fill(fill));
    const frames: Uint8Array[] = [];
    for (const master of masters) {
      // The first and the last have one mailbox: a unique key refuses one of them inside the transaction that they share.
      const citizen = newCitizen(instance, { master });
      frames.push(finish(instance, citizen, await askChallenge(instance, citizen)).frame);
    }
    const responses = await Promise.all(frames.map((frame) => postFrame(instance, frame)));
    const statuses = responses.map(({ status }) => status);
    expect(statuses.slice(1, -1)).toEqual([201, 201, 201, 201]);
    expect([statuses.at(0), statuses.at(-1)].sort()).toEqual([201, 409]);
    expect(stored(instance).tip).toBe(5);
  });
});
