import { startOfDay } from '../../domain/calendar.ts';
import { BOX_TYPE, type BoxStatement, parseBoxStatement } from '../../protocol/box-statement.ts';
import { type Dsse, pae, parseDsse } from '../../protocol/dsse.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { People } from '../people.ts';
import type { AuditEvent, Fault } from './event.ts';
import type { Found } from './point.ts';

const NOON = 12 * 3600;

const fault = (detail: string): Fault => ({ check: 'twoSigners', detail });
const wrong = (detail: string): Found => ({ faults: [fault(detail)], due: [] });

/** The count of an opened tip box: the statement that the event names is there, says the same, and both people signed it. */
export function boxOpened(event: AuditEvent, boxes: ReadonlyMap<string, Uint8Array>, people: People): Found {
  const { time, subject, instance } = event.parsed.header;
  const part = event.restrictedPart;
  const bytes = typeof part?.statement === 'string' ? boxes.get(part.statement) : undefined;
  const box = bytes === undefined ? null : opened(bytes);
  if (box === null || part === null) return wrong('the statement of an opened box is missing');
  const { told, envelope } = box;
  const same =
    told.instance === instance &&
    subject === `unit:${told.unit}` &&
    part.opening === told.opening &&
    part.letters === told.letters &&
    JSON.stringify(part.by) === JSON.stringify(told.by);
  if (!same) return wrong('the event says something else than the statement');
  if (envelope.signatures.length !== 2) return wrong('two signatures are due');
  // The first person signed on the day of the count, the second when the count was confirmed.
  const moments = [startOfDay(told.day) + NOON, ...('at' in time ? [time.at] : [])];
  const message = pae(envelope.payloadType, envelope.payload);
  const found = told.by.map((staff, i): Found => {
    const signature = envelope.signatures[i];
    const keys = moments.flatMap((at) => people.at(staff, told.unit, at).keys);
    const key = keys.find(({ keyid }) => keyid === signature?.keyid);
    if (signature === undefined || key === undefined) return wrong('not signed by the two whom it names');
    const due = { signature: signature.sig, message, publicKey: key.signKey };
    return { faults: [], due: [{ ...due, fault: fault('signature of somebody who opened a box') }] };
  });
  return { faults: found.flatMap(({ faults }) => faults), due: found.flatMap(({ due }) => due) };
}

function opened(bytes: Uint8Array): { readonly told: BoxStatement; readonly envelope: Dsse } | null {
  try {
    const envelope = parseDsse(bytes);
    return envelope.payloadType === BOX_TYPE ? { told: parseBoxStatement(bytes), envelope } : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
