import { dayOf } from '../../../domain/calendar.ts';
import type { UnitMessage } from '../../../domain/conversation.ts';
import type { SealedMessage } from '../../../domain/event-parts.ts';
import { cleanText } from '../../../domain/tip-form.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { encodeUnitMessage } from '../../../protocol/content.ts';
import { parseCore } from '../../../protocol/core.ts';
import { sealEnvelope } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { epochRecipient } from '../../../protocol/wraps.ts';
import type { TipDetail } from '../wire.ts';
import { conversationOf } from './history.ts';
import { mailboxOf } from './mailbox.ts';
import { bytesOf, firstOf } from './opening.ts';
import { epochNow, offeredTo } from './recipients.ts';
import type { WorkerState } from './state.ts';

/** A message as it travels with its step. */
export interface Letter {
  readonly wire: {
    readonly core: string;
    readonly seal: string;
    readonly wraps: string;
    readonly body: string;
  };
  readonly fact: SealedMessage;
}

/** What a unit tells the citizen. */
export type Words = Pick<UnitMessage, 'text' | 'about' | 'ask'>;

/**
 * Seals the unit's words to the citizen's mailbox and to the unit itself (and to the one that a transfer is offered to, which must
 * be able to hand the thread on), signed with the voice of the present epoch, so that no
 * officer's key is shown to the citizen. Throws `epoch_missing`, `facts_mismatch`, Problem `no_key`.
 */
export async function sealLetter(state: WorkerState, detail: TipDetail, words: Words): Promise<Letter> {
  const { suite, pins, keyring } = state;
  const { me } = keyring;
  const last = conversationOf(detail.events).head;
  ensure(last.no > 0, 'event_malformed');
  const sender = parseCore(bytesOf(firstOf(await state.reads.one(detail.tip))).core);
  const { epoch, directory } = await epochNow(state, me.unit);
  const { keys } = await keyring.epoch(me.unit, epoch.n);
  const content: UnitMessage = {
    v: 2,
    from: { unit: me.unit, name: me.unitName.vi },
    day: dayOf(keyring.now()),
    text: cleanText(words.text),
    about: words.about,
    ask: words.ask,
  };
  const sealed = sealEnvelope(suite, {
    kind: 'message',
    instance: pins.instance,
    tip: detail.tip,
    unit: me.unit,
    epoch: epoch.n,
    directory: directory.hash,
    author: keys.voice,
    no: last.no + 1,
    prev: last.seal,
    content: encodeUnitMessage(content),
    recipients: [
      mailboxOf(state, detail, sender),
      { id: epochRecipient(me.unit, epoch.n), publicKey: epoch.publicKey },
      ...(await offeredTo(state, detail)),
    ],
  });
  return {
    wire: {
      core: toBase64Url(sealed.core),
      seal: toBase64Url(sealed.seal),
      wraps: toBase64Url(sealed.wraps),
      body: toBase64Url(sealed.body),
    },
    fact: { no: last.no + 1, seal: sealed.sealHash },
  };
}
