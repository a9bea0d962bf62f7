import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkAnswer } from '../../../src/protocol/prepare.ts';
import { askChallenge, errorOf, finish, newCitizen, postFrame, stored, submit } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

describe('an honest submission', () => {
  test('is stored and answered 201 with a promise that the browser can verify', async () => {
    const { prepared, response } = await submit(instance);
    expect(response.status).toBe(201);
    const answer = new Uint8Array(await response.arrayBuffer());
    const ledger = { origin: 'demo.example/log', publicKey: instance.world.ledger.publicKey };
    expect(() =>
      checkAnswer(instance.world.suite, prepared, answer, ledger, instance.clock.now()),
    ).not.toThrow();
    expect(stored(instance).tip).toBe(1);
  });
});
