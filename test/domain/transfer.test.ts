import { describe, expect, test } from 'vitest';
import { decide } from '../../src/domain/life-cycle.ts';
import type { Act } from '../../src/domain/life-cycle-types.ts';
import type { Stage } from '../../src/domain/terms.ts';
import { FORM_03, ORDINARY } from '../fixtures/acts.ts';
import { apply, at, codeOf, context, member, OTHER, PROVINCE, tip } from './support.ts';

const head = member('head');
const receiver = member('officer', { unit: PROVINCE });
const SEND: Act = {
  step: 'transfer_sent',
  toUnit: PROVINCE,
  ground: 'rất nghiêm trọng',
  ...FORM_03,
};
const sentAt = at('2026-06-03', '10:00:00');
const acknowledgedAt = at('2026-06-03', '15:00:00');
const held = tip({ stage: 'classified', legalKind: 'crime_report', conduct: 'harbouring' });
const sending = decide(held, head, SEND, context({ now: sentAt }));
const sent = apply(held, sending, head);

describe('sending a tip on', () => {
  test('leaves custody, stage and clocks where they are until the other unit answers', () => {
    expect([sending.stage, sending.overlay, sending.custody, sending.stopClocks]).toEqual([
      'classified',
      'transfer_sent',
      { kind: 'offer', to: PROVINCE },
      [],
    ]);
    expect(sending.startClocks.map((clock) => [clock.clock, clock.due])).toEqual([
      ['transfer_ack', at('2026-06-04', '10:00:00')],
    ]);
  });

  test('needs the register first', () =>
    expect(codeOf(() => decide(tip(), head, SEND, context()))).toBe('step_not_allowed'));

  test.each(['resolved', 'notified', 'archived'] as Stage[])('is over once the tip is %s', (stage) =>
    expect(codeOf(() => decide(tip({ stage }), head, SEND, context()))).toBe('step_not_allowed'),
  );

  test('ends the time in which it had to be sent', () => {
    const late = apply(
      tip({ stage: 'received' }),
      decide(
        tip({ stage: 'received' }),
        head,
        {
          step: 'classified',
          legalKind: 'crime_report',
          conduct: 'other',
          priority: 'P3',
          competent: false,
          ...ORDINARY,
        },
        context(),
      ),
      head,
    );
    expect(decide(late, head, SEND, context()).stopClocks.map((stop) => [stop.clock, stop.result])).toEqual([
      ['transfer', 'done'],
    ]);
  });
});

describe('acknowledging', () => {
  const change = decide(
    sent,
    receiver,
    { step: 'transfer_acknowledged' },
    context({ now: acknowledgedAt, unitKind: 'provincial_police' }),
  );

  test('gives custody and a number of the receiving unit’s own register', () => {
    expect([change.stage, change.overlay, change.custody, change.register]).toEqual([
      'received',
      'none',
      { kind: 'accept', unit: PROVINCE },
      { unit: PROVINCE, year: 2026 },
    ]);
  });

  test('stops the sender’s clocks as passed on', () =>
    expect(change.stopClocks.map((stop) => [stop.clock, stop.result])).toEqual([
      ['classify', 'transferred'],
      ['verify', 'transferred'],
      ['settle', 'transferred'],
      ['handle', 'transferred'],
      ['transfer_ack', 'done'],
    ]));

  test('starts the receiver’s clocks; the citizen’s 20 days still count from the first receipt', () =>
    expect(change.startClocks.map((clock) => [clock.clock, clock.due, clock.again])).toEqual([
      ['classify', at('2026-06-04', '15:00:00'), null],
      ['verify', at('2026-06-21', '23:59:59'), null],
      ['settle', at('2026-06-21', '23:59:59'), null],
      ['handle', at('2026-06-21', '23:59:59'), null],
    ]));

  test('a commune that receives a tip has its 7 days of verification from then', () => {
    const other = member('officer', { unit: OTHER });
    const toCommune = apply(
      held,
      decide(held, head, { ...SEND, toUnit: OTHER } as Act, context({ now: sentAt })),
      head,
    );
    const taken = decide(
      toCommune,
      other,
      { step: 'transfer_acknowledged' },
      context({ now: acknowledgedAt }),
    );
    expect(taken.startClocks.find((clock) => clock.clock === 'verify')?.due).toBe(
      at('2026-06-10', '23:59:59'),
    );
  });

  test('is nobody’s but the receiving unit’s', () => {
    for (const actor of [head, member('head', { unit: OTHER }), member('auditor', { unit: PROVINCE })])
      expect(codeOf(() => decide(sent, actor, { step: 'transfer_acknowledged' }, context()))).toBe(
        'step_forbidden',
      );
  });
});

describe('returning', () => {
  test('drops the offer and leaves everything as it was, with a new day to send it where it belongs', () => {
    const act: Act = { step: 'transfer_returned', why: 'not_competent', ground: 'đúng thẩm quyền của xã' };
    const change = decide(sent, receiver, act, context({ now: acknowledgedAt }));
    expect([change.stage, change.overlay, change.custody]).toEqual([
      'classified',
      'none',
      { kind: 'return' },
    ]);
    expect(change.startClocks.map(({ clock, due }) => [clock, due])).toEqual([
      ['transfer', acknowledgedAt + 24 * 3600],
    ]);
    expect(change.stopClocks.map((stop) => [stop.clock, stop.result])).toEqual([['transfer_ack', 'void']]);
    expect(apply(sent, change, receiver).transferTo).toBeNull();
  });

  test('needs a ground', () =>
    expect(
      codeOf(() =>
        decide(sent, receiver, { step: 'transfer_returned', why: 'not_competent', ground: '' }, context()),
      ),
    ).toBe('field_invalid'));
});
