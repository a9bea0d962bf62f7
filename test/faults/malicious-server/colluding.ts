import type { Hash } from '../../../src/domain/ids.ts';
import { renewedOrigin } from '../../../src/ledger/origin.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8, utf8 } from '../../../src/protocol/bytes.ts';
import { encodeDsse, keyId, parseDsse, signDsse } from '../../../src/protocol/dsse.ts';
import { buildEvent, eventLeaf, parseEvent, signEvent } from '../../../src/protocol/event.ts';
import type { SignKeyPair } from '../../../src/protocol/suite.ts';
import type { AuditWorld } from '../../audit/world.ts';
import type { Attack } from './attacks.ts';
import { apart, type Line, relogged, together, withChain } from './forging.ts';

type Event = Line<'event'>;
type Part = { readonly [key: string]: unknown };

const OFFICERS = ['tohieu.canbo', 'tohieu.truong', 'doclap'];
const textOf = (bytes: Uint8Array): string => fromUtf8(bytes);
const typeOf = (event: Event): string => parseEvent(utf8(event.r)).header.type;

/** The keys of people who do what the service asks of them. */
const keysOf = ({ instance }: AuditWorld): readonly SignKeyPair[] =>
  OFFICERS.map((account) => instance.person(account).secrets.sign);

function keyNamed(world: AuditWorld, keyid: string | undefined): SignKeyPair {
  const key = keysOf(world).find(({ publicKey }) => keyId(world.instance.suite, publicKey) === keyid);
  if (key === undefined) throw new Error('somebody who does not collude');
  return key;
}

/** An event as its signer would have signed it: at this place of its chain, after that leaf, with these parts. */
function signedAnew(
  { instance }: AuditWorld,
  event: Event,
  place: { readonly no: number; readonly prev: Hash | null },
  restricted: Part,
  signer: SignKeyPair,
  change: { readonly type?: string; readonly citizen?: Part } = {},
): Event {
  const { suite } = instance;
  const { header } = parseEvent(utf8(event.r));
  const citizen = change.citizen ?? (JSON.parse(event.c) as Part);
  const built = buildEvent(
    suite,
    { ...header, ...place, type: change.type ?? header.type },
    citizen as never,
    restricted as never,
  );
  return {
    ...{ t: 'event', i: event.i, r: textOf(signEvent(suite, built, signer)) },
    s: toBase64Url(suite.randomBytes(32)),
    ...{ c: textOf(built.citizenPart), cs: toBase64Url(built.citizenSalt) },
    ...{ p: textOf(built.restrictedPart), ps: toBase64Url(built.restrictedSalt) },
  };
}

/** The end of a chain signed anew by everybody who had signed it, so that it joins what now stands before it. */
function resealed(
  world: AuditWorld,
  lines: readonly Event[],
  from: number,
  edit: (part: Part, type: string) => Part,
): readonly Event[] {
  const { deps } = world.instance;
  const made: Event[] = lines.slice(0, from);
  for (const event of lines.slice(from)) {
    const before = made.at(-1);
    const prev = before === undefined ? null : eventLeaf(deps.crypto, saltOf(before), utf8(before.r));
    const { header, envelope } = parseEvent(utf8(event.r));
    const signer = keyNamed(world, envelope.signatures[0]?.keyid);
    const place = { no: made.length + 1, prev: prev as Hash | null };
    made.push(signedAnew(world, event, place, edit(JSON.parse(event.p) as Part, header.type), signer));
  }
  return made;
}

const saltOf = ({ s }: Event): Uint8Array => new Uint8Array(Buffer.from(s, 'base64url'));

/** A decision's statement changed and signed anew by as many as had signed it. */
function redecided(world: AuditWorld, text: string, change: (data: Part) => Part): string {
  const { suite } = world.instance;
  const envelope = parseDsse(utf8(text));
  const said = JSON.parse(textOf(envelope.payload)) as { data: Part };
  const payload = utf8(JSON.stringify({ ...said, data: change(said.data) }));
  const signers = envelope.signatures.map(({ keyid }) => keyNamed(world, keyid));
  return textOf(signDsse(suite, envelope.payloadType, payload, signers));
}

/** The same chain, its end from the first event of a type on changed and signed anew, logged by a service that helps. */
const withEnd = (
  world: AuditWorld,
  tip: string,
  type: string,
  edit: (part: Part, type: string) => Part,
  drop = 0,
) => ({
  lines: together(
    relogged(
      world.instance,
      withChain(apart(world.lines), `tip:${tip}`, (lines) => {
        const from = lines.findLastIndex((line) => typeOf(line) === type);
        return resealed(world, lines.toSpliced(from, drop), from, edit);
      }),
    ),
  ),
});

const decisionOf = ({ decision }: Part): string => String(decision);

/** What a service does together with its officers, each of whom signs what is asked of them, or with an auditor. */
export const COLLUDING: readonly Attack[] = [
  {
    name: 'lets one person decide what two are due for',
    caughtBy: 'twoSigners',
    make: (world) =>
      withEnd(world, world.lives.long.tip, 'resolved', (part, type) => {
        if (type !== 'resolved') return part;
        const envelope = parseDsse(utf8(decisionOf(part)));
        return {
          ...part,
          decision: textOf(encodeDsse({ ...envelope, signatures: envelope.signatures.slice(0, 1) })),
        };
      }),
  },
  {
    name: 'lets a file be closed of which nobody told its sender',
    caughtBy: 'stepLegal',
    make: (world) => withEnd(world, world.lives.long.tip, 'notified', (part) => part, 1),
  },
  {
    name: 'lets a tip vanish as a duplicate of one that counts for nothing',
    caughtBy: 'mergeLives',
    make: (world) =>
      withEnd(world, world.lives.merged, 'resolution_proposed', (part, type) => {
        if (part.decision === null) return part;
        const decision = redecided(world, decisionOf(part), (data) => ({
          ...data,
          mergedInto: world.lives.spam,
        }));
        if (type !== 'resolution_proposed') return { ...part, decision };
        return { ...part, act: { ...(part.act as Part), mergedInto: world.lives.spam }, decision };
      }),
  },
  {
    name: 'takes an ordinary tip out of the figures as a test of an auditor’s',
    caughtBy: 'canaryHandled',
    // A duplicate lived on in it.
    also: ['mergeLives'],
    make: (world) => {
      const { instance, lives } = world;
      const hash = 'ab'.repeat(32);
      const act = { step: 'canary_revealed', set: hash, index: 0, size: 1, path: [], salt: hash };
      const forged = withChain(apart(world.lines), `tip:${lives.long.tip}`, (lines) => {
        const last = lines.at(-1);
        if (last === undefined) throw new Error('an empty chain');
        const { suite } = instance;
        const doclap = instance.person('doclap');
        const part = JSON.parse(last.p) as { from: Part };
        const citizen = { ...(JSON.parse(last.c) as Part), step: 'canary_revealed' };
        const restricted = {
          ...part,
          actor: { staff: doclap.id, unit: doclap.unit },
          from: { ...part.from, stage: 'archived' },
          act,
        };
        const prev = eventLeaf(suite, saltOf(last), utf8(last.r)) as Hash;
        const place = { no: lines.length + 1, prev };
        const type = { type: 'canary_revealed', citizen };
        return [...lines, signedAnew(world, last, place, restricted, doclap.secrets.sign, type)];
      });
      return { lines: together(relogged(instance, forged)) };
    },
  },
  {
    name: 'begins its log anew under another name and tells nobody',
    caughtBy: 'rollBackDeclared',
    // Promises were given under the former name, which nothing declares to have ended.
    also: ['promiseGiven'],
    make: (world) => {
      const forged = apart(world.lines);
      const { origin } = forged.header;
      const header = { ...forged.header, origin: renewedOrigin(origin, world.instance.clock.now()) };
      return { lines: together(relogged(world.instance, { ...forged, header })) };
    },
  },
  {
    name: 'slips a statement that nobody signed into the directory’s history',
    caughtBy: 'directoryChain',
    make: (world) => {
      const { before, ...rest } = apart(world.lines);
      const junk = { t: 'statement', kind: 'revocation', b: toBase64Url(utf8('{}')) } as const;
      const place = before.findLastIndex(({ t }) => t === 'statement');
      return { lines: together({ ...rest, before: before.toSpliced(place + 1, 0, junk) }) };
    },
  },
];
