import { CITIZEN_STEPS } from '../../domain/conversation.ts';
import { isStaffId, isUnitId } from '../../domain/ids.ts';
import { mayTakeCalls } from '../../domain/roles.ts';
import { eventMessage } from '../../protocol/event.ts';
import type { People, Person } from '../people.ts';
import { type AuditEvent, type Fault, objectOf, type SignatureDue } from './event.ts';

/** What is wrong with who signed an event, and the signatures that must hold. */
export interface SignersFound {
  readonly faults: readonly Fault[];
  readonly due: readonly SignatureDue[];
}

const fault = (detail: string): Fault => ({ check: 'signerEntitled', detail });
const wrong = (detail: string): SignersFound => ({ faults: [fault(detail)], due: [] });
const NONE: SignersFound = { faults: [], due: [] };

/** Steps of the independent auditors whom the directory names. */
const AUDITOR_STEPS: readonly string[] = ['canary_revealed'];

/**
 * Whether an event is signed by whoever it must be signed by: a member's step and read by that member's key, everything that the service
 * records by its key of that time, a tip or step that an operator typed by the operator beside its author. The author's own signature nobody but the
 * service can check, who alone has the key.
 */
export function signersOf(people: People, event: AuditEvent): SignersFound {
  const { header } = event.parsed;
  const [kind = ''] = header.subject.split(':');
  if (kind === 'tip') return ofTip(people, event);
  if (!('at' in header.time)) return wrong('carries no moment');
  const { at } = header.time;
  if (kind !== 'reader')
    return signed(event, 0, 1, { roles: [], keys: people.ledgerKeys(at) }, 'the service');
  const person = personIn(people, objectOf(event.restrictedPart?.actor), at);
  if (person === null || header.subject !== `reader:${person.staff}`) return wrong('names another reader');
  return signed(event, 0, 1, person, 'the reader');
}

function ofTip(people: People, event: AuditEvent): SignersFound {
  const { type, time } = event.parsed.header;
  const part = event.restrictedPart;
  if ('at' in time) {
    if (AUDITOR_STEPS.includes(type)) {
      const auditors = { roles: [], keys: people.auditorKeys(time.at) };
      return signed(event, 0, 1, auditors, 'an auditor whom the directory names');
    }
    const person = personIn(people, objectOf(part?.actor), time.at);
    return signed(event, 0, 1, person ?? { roles: [], keys: [] }, 'the person whom it names');
  }
  const typed = type === 'submitted' ? part?.taken : part?.operator;
  const known = type === 'submitted' || CITIZEN_STEPS.some((step) => step === type);
  if (!known) return NONE;
  const operator = objectOf(typed);
  if (operator === null) {
    return event.parsed.envelope.signatures.length === 1 ? NONE : wrong("one signature is due, its author's");
  }
  const person = personIn(people, operator, middleOf(time));
  if (person !== null && person.keys.length > 0 && !mayTakeCalls(person.roles))
    return wrong('takes no calls');
  return signed(event, 1, 2, person ?? { roles: [], keys: [] }, 'the operator whom it names');
}

/** A moment within the hour or day that an event carries. */
const middleOf = (time: { readonly t0: number } | { readonly day: string }): number =>
  't0' in time ? time.t0 * 3600 + 1800 : Date.parse(`${time.day}T05:00:00Z`) / 1000;

function personIn(
  people: People,
  named: { readonly [key: string]: unknown } | null,
  at: number,
): (Person & { readonly staff: string }) | null {
  const { staff, unit } = named ?? {};
  if (typeof staff !== 'string' || typeof unit !== 'string') return null;
  return isStaffId(staff) && isUnitId(unit) ? { ...people.at(staff, unit, at), staff } : null;
}

/** The signature at one place of the envelope, which has `count` of them, under one of a person's keys. */
function signed(
  event: AuditEvent,
  place: number,
  count: number,
  { keys }: Person,
  who: string,
): SignersFound {
  const { signatures } = event.parsed.envelope;
  const signature = signatures[place];
  if (signatures.length !== count || signature === undefined)
    return wrong(`${signatures.length} signatures, ${count} due`);
  const key = keys.find(({ keyid }) => keyid === signature.keyid);
  if (key === undefined) return wrong(`not signed by a key of ${who}`);
  const message = eventMessage(event.parsed);
  const due = { signature: signature.sig, message, publicKey: key.signKey };
  return { faults: [], due: [{ ...due, fault: fault(`signature of ${who}`) }] };
}
