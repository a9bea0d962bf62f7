import { addDays, dayOf, startOfDay } from '../../domain/calendar.ts';
import { AppError } from '../../domain/errors.ts';
import type { Hash, Seconds } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { Deps } from '../../ports/deps.ts';
import type { CitizenCommit } from '../../ports/store/thread-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import type { DecodedCitizenStep } from '../../protocol/citizen-frame.ts';
import type { CheckedCitizenStep } from '../../protocol/citizen-step.ts';
import { stepPromise } from '../../protocol/citizen-step-build.ts';
import { eventLeaf } from '../../protocol/event.ts';
import { sameButMailbox } from '../../protocol/mailbox-facts.ts';
import { makeAnswers, type PublishedPoint } from '../../protocol/promise.ts';
import { publishedLog } from './published-log.ts';

/** A checked step, ready to be committed. */
interface ReadyStep {
  readonly step: DecodedCitizenStep;
  readonly key: Hash;
  readonly challenge: CitizenCommit['challenge'];
  readonly detail: TipDetail;
  readonly door: { readonly kind: 'browser' | 'operator' };
  readonly now: Seconds;
  readonly checked: CheckedCitizenStep;
  readonly change: TipChange;
  readonly mailbox: CitizenCommit['mailbox'];
}

/** Everything that a step writes, with the promise that its sender gets. */
export async function citizenCommit(deps: Deps, ready: ReadyStep): Promise<CitizenCommit> {
  const { step, key, detail, checked } = ready;
  const { header } = step.parsed.event;
  const leafSalt = deps.random.bytes(32);
  const leaf = eventLeaf(deps.crypto, leafSalt, step.record);
  const { citizenPart, citizenSalt, restrictedPart, restrictedSalt } = step;
  return {
    tip: detail.tip,
    key,
    event: {
      subject: header.subject,
      no: header.no,
      prev: header.prev,
      type: header.type,
      record: step.record,
      ...{ citizenPart, restrictedPart, leaf },
      openings: { leafSalt, citizenSalt, restrictedSalt },
      time: { day: checked.day },
    },
    change: ready.change,
    envelope: envelopeOf(step, detail),
    attachments: checked.attachments,
    challenge: ready.challenge,
    answer: answerTo(deps, ready, leafSalt, leaf, await publishedLog(deps).point()),
    mailbox: ready.mailbox,
  };
}

function envelopeOf(step: DecodedCitizenStep, { tip }: TipDetail): CitizenCommit['envelope'] {
  const { envelope } = step.parsed;
  if (envelope === null) return null;
  const { core, body, seal, wraps, manifest } = step;
  return {
    ...{ tip, no: envelope.core.no, kind: 'message', core, body, seal, wraps },
    ...(envelope.manifest.length === 0 ? {} : { manifest }),
    fromCitizen: true,
  };
}

/** The promise: whole days again, because an exact time in a stored answer would tell when a citizen wrote. */
function answerTo(
  deps: Deps,
  { key, detail, checked, door, now }: ReadyStep,
  leafSalt: Uint8Array,
  leaf: Hash,
  checkpoint: PublishedPoint | null,
): Uint8Array {
  const last = checked.day > dayOf(now) ? checked.day : dayOf(now);
  const promised = stepPromise({
    key,
    unit: detail.state.unit,
    day: checked.day,
    byOperator: door.kind === 'operator',
  });
  const includeBy = startOfDay(addDays(last, 1)) + deps.instance.includeWithin;
  const terms = { origin: deps.instance.logOrigin, leaf, ...promised, checkpoint, includeBy };
  const [answer] = makeAnswers(deps.crypto, deps.ledger, [{ leafSalt, terms }]);
  if (answer === undefined) throw new TypeError('a step has one answer');
  return answer;
}

/**
 * For a changed code: its keys, and new wraps of every message of the unit, in which nothing but the mailbox's own entry differs from what
 * is stored. Null for other steps. Errors: `wrap_missing`, `mailbox_taken` (the code is the old one).
 */
export async function newMailbox(
  deps: Deps,
  detail: TipDetail,
  step: DecodedCitizenStep,
  { mailbox }: CheckedCitizenStep,
): Promise<CitizenCommit['mailbox']> {
  if (mailbox === null) return null;
  const { locator, loginKey, mailboxKey, authorKey } = mailbox;
  if (locator === detail.mailboxLocator) throw new AppError('mailbox_taken');
  const { rewraps } = step.parsed;
  const messages = (await deps.store.mailbox.view(detail.tip))?.messages ?? [];
  const right =
    messages.length === rewraps.length &&
    messages.every(({ no, wraps }, at) => {
      const block = rewraps[at];
      return block?.no === no && sameButMailbox(wraps, block.wraps, detail.mailboxLocator, locator);
    });
  if (!right) throw new AppError('wrap_missing', { field: 'rewraps' });
  return {
    registration: { locator, loginKey, mailboxKey },
    authorKey,
    facts: step.facts,
    wraps: rewraps,
  };
}
