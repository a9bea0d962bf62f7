import { dayOf } from '../../../domain/calendar.ts';
import type { SealedMessage } from '../../../domain/event-parts.ts';
import type { MessageContent } from '../../../domain/tip-content.ts';
import { cleanText } from '../../../domain/tip-form.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { encodeMessageContent } from '../../../protocol/content.ts';
import { parseCore } from '../../../protocol/core.ts';
import { sealEnvelope } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { epochRecipient } from '../../../protocol/wraps.ts';
import type { TipDetail } from '../wire.ts';
import { threadOf } from './history.ts';
import { mailboxOf } from './mailbox.ts';
import { bytesOf, firstOf } from './opening.ts';
import { epochNow } from './recipients.ts';
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

/**
 * Seals the unit's words to the citizen's mailbox and to the unit itself, signed with the voice of the present epoch, so that no
 * officer's key is shown to the citizen. Throws `epoch_missing`, `facts_mismatch`, Problem `no_key`.
 */
export async function sealLetter(state: WorkerState, detail: TipDetail, text: string): Promise<Letter> {
  const { suite, pins, keyring } = state;
  const { me } = keyring;
  const last = threadOf(detail.events).at(-1);
  ensure(last !== undefined, 'event_malformed');
  const sender = parseCore(bytesOf(firstOf(await state.reads.one(detail.tip))).core);
  const { epoch, directory } = await epochNow(state, me.unit);
  const { keys } = await keyring.epoch(me.unit, epoch.n);
  const content: MessageContent = {
    v: 1,
    from: { unit: me.unit, name: me.unitName.vi },
    day: dayOf(keyring.now()),
    text: cleanText(text),
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
    content: encodeMessageContent(content),
    recipients: [
      mailboxOf(state, detail, sender),
      { id: epochRecipient(me.unit, epoch.n), publicKey: epoch.publicKey },
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
