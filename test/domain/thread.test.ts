import { describe, expect, test } from 'vitest';
import type { Hash, UnitId } from '../../src/domain/ids.ts';
import { type ThreadEvent, threadFacts } from '../../src/domain/thread.ts';

const seal = (no: number) => String(no).padStart(64, '0') as Hash;
const POLICE = '14-ca' as UnitId;
const author = 'aa'.repeat(32) as Hash;
const next = 'bb'.repeat(32) as Hash;

/** Events of a tip with numbers in their order. */
const chain = (...events: readonly Omit<ThreadEvent, 'no'>[]): ThreadEvent[] =>
  [submitted({}), ...events].map((event, at) => ({ ...event, no: at + 1 }));
const submitted = (restricted: object): Omit<ThreadEvent, 'no'> => ({
  type: 'submitted',
  citizenPart: { state: 'submitted', seal: seal(1) },
  restrictedPart: { author, ...restricted },
});
const event = (type: string, more: { citizen?: object; act?: object } = {}) => ({
  type,
  citizenPart: { message: null, ...more.citizen },
  restrictedPart: { act: { step: type, ...more.act } },
});
const message = (type: string, no: number, citizen: object = {}) =>
  event(type, { citizen: { message: { no, seal: seal(no) }, ...citizen } });
const consent = (yes: boolean) => event('consent_answered', { act: { unit: POLICE, yes } });

describe('what events say of a conversation', () => {
  test('the tip alone is its first envelope, written by the citizen', () => {
    expect(threadFacts(chain())).toEqual({
      head: { no: 1, seal: seal(1) },
      seals: new Map([[1, seal(1)]]),
      citizen: new Set([1]),
      muted: false,
      consents: [],
      asked: false,
      authorHash: author,
      byOperator: false,
      noCode: false,
      withdrew: false,
    });
  });

  test('one numbering over both sides, and the citizen’s own are known', () => {
    const facts = threadFacts(
      chain(event('registered'), message('message_posted', 2), message('message_received', 3)),
    );
    expect(facts.head).toEqual({ no: 3, seal: seal(3) });
    expect([...facts.citizen]).toEqual([1, 3]);
    expect([...facts.seals.keys()]).toEqual([1, 2, 3]);
  });

  test('a question waits until the citizen answers', () => {
    const question = message('question_posted', 2);
    expect(threadFacts(chain(question)).asked).toBe(true);
    expect(threadFacts(chain(question, message('message_posted', 3))).asked).toBe(true);
    expect(threadFacts(chain(question, message('message_received', 3))).asked).toBe(false);
    expect(threadFacts(chain(message('consent_asked', 2), consent(false))).asked).toBe(false);
  });

  test('a yes counts until a later no', () => {
    expect(threadFacts(chain(consent(true))).consents).toEqual([POLICE]);
    expect(threadFacts(chain(consent(true), consent(false))).consents).toEqual([]);
    expect(threadFacts(chain(consent(false), consent(true))).consents).toEqual([POLICE]);
  });

  test('muting holds until it is taken back', () => {
    expect(threadFacts(chain(event('thread_muted'))).muted).toBe(true);
    expect(threadFacts(chain(event('thread_muted'), event('thread_unmuted'))).muted).toBe(false);
  });

  test('a changed code names the next author, and no operator has had it', () => {
    const taken = [{ ...submitted({ taken: { staff: 'x', unit: POLICE } }), no: 1 }];
    const change = { ...event('mailbox_changed', { act: { mailbox: seal(9), next } }), no: 2 };
    expect(threadFacts(taken).byOperator).toBe(true);
    expect(threadFacts([...taken, change])).toMatchObject({ authorHash: next, byOperator: false });
    const call = { ...message('message_received', 2, { via: 'operator' }), no: 3 };
    expect(threadFacts([...taken, change, call]).byOperator).toBe(true);
    const through = { ...change, citizenPart: { message: null, via: 'operator' } };
    expect(threadFacts([...taken, through]).byOperator).toBe(true);
  });

  test('a caller who hung up left nobody to read an answer', () => {
    expect(threadFacts(chain(event('code_not_given'))).noCode).toBe(true);
  });

  test('no event and events of another form give nothing, without a defect', () => {
    expect(threadFacts([]).head).toEqual({ no: 0, seal: '' });
    const odd = { type: 'consent_answered', no: 2, citizenPart: { message: 3 }, restrictedPart: { act: 7 } };
    expect(threadFacts([...chain(), odd]).head.no).toBe(1);
  });
});
