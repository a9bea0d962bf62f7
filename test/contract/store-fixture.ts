import { createHash, randomBytes } from 'node:crypto';
import type { Day, Hash, Hour, Seconds, StaffId, TipId, UnitId } from '../../src/domain/ids.ts';
import type { ClockStart, ClockStop, TipChange } from '../../src/domain/life-cycle-types.ts';
import type { ClockName, Verb } from '../../src/domain/terms.ts';
import type { StaffRow } from '../../src/ports/store/accounts-store.ts';
import type { StatementRow, UnitRow } from '../../src/ports/store/directory-store.ts';
import type { EnvelopeRow, EventRow, Head, Stale } from '../../src/ports/store/event-row.ts';
import type { Submission } from '../../src/ports/store/intake-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { StepCommit } from '../../src/ports/store/triage-store.ts';

/** An open store of its own for one test. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes it and removes what it left. */
  close(): Promise<void>;
}

/** Opens an empty store. */
export type MakeStore = () => Promise<OpenedStore>;

export const T0 = 480_000 as Hour;
export const T0_SECONDS = (T0 * 3600) as Seconds;
export const HOME = '14-03408-ca' as UnitId;
export const AWAY = '14-ca' as UnitId;

export const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
export const hex = (length: number): string => randomBytes(length).toString('hex');
export const newTip = (): TipId => hex(16) as TipId;
export const newStaff = (): StaffId => hex(16) as StaffId;
export const newHash = (): Hash => hex(32) as Hash;
export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The day in UTC+7 of a moment. */
export const dayAt = (seconds: number): Day =>
  new Date((seconds + 7 * 3600) * 1000).toISOString().slice(0, 10) as Day;

/** An event with the right place in its chain and bytes of the right shape; the store does not look into the record. */
export function event(
  subject: string,
  head: Head,
  options: { type?: string; time?: EventRow['time']; size?: number } = {},
): EventRow {
  const record = bytes(options.size ?? 300);
  const leafSalt = bytes(32);
  const leaf = createHash('sha256').update(leafSalt).update(record).digest('hex') as Hash;
  return {
    subject,
    no: head.no + 1,
    prev: head.leaf,
    type: options.type ?? 'tested',
    record,
    citizenPart: bytes(60),
    restrictedPart: bytes(120),
    leaf,
    openings: { leafSalt, citizenSalt: bytes(32), restrictedSalt: bytes(32) },
    time: options.time ?? { at: T0_SECONDS },
  };
}

/** The next event of a subject, joined to its present head. */
export async function nextEvent(
  store: Store,
  subject: string,
  options: Parameters<typeof event>[2] = {},
): Promise<EventRow> {
  return event(subject, await store.triage.head(subject), options);
}

export function clockStart(
  clock: ClockName,
  verb: Verb | null,
  seconds: number,
  from = T0_SECONDS,
): ClockStart {
  const due = (from + seconds) as Seconds;
  return {
    clock,
    verb,
    ruleVersion: `${clock}-test`,
    started: from,
    due,
    dueDay: dayAt(due),
    again: null,
  };
}

export function clockStop(clock: ClockName, at: number, result: ClockStop['result'] = 'done'): ClockStop {
  return { clock, stopped: at as Seconds, stoppedDay: dayAt(at), result };
}

/** A change that keeps a fresh tip's columns as they are, with what the test sets. */
export function change(set: Partial<TipChange> = {}): TipChange {
  return {
    step: 'prioritised',
    stage: 'submitted',
    overlay: 'none',
    priority: 'P3',
    legalKind: null,
    conduct: null,
    outcome: null,
    extension: 0,
    supervisor: null,
    circumstances: [],
    leavesRates: false,
    startClocks: [],
    stopClocks: [],
    ...set,
  };
}

/** The four clocks that feed verbs, and the one for an outcome, as a new tip has them. */
export const FIRST_CLOCKS: readonly ClockStart[] = [
  clockStart('register', 'received', 86_400),
  clockStart('classify', 'classified', 86_400),
  clockStart('verify', 'verified', 7 * 86_400),
  clockStart('settle', null, 20 * 86_400),
  clockStart('handle', 'handled', 20 * 86_400),
];

export function envelope(tip: TipId, no = 1, sizes: { body?: number; wraps?: number } = {}): EnvelopeRow {
  return {
    tip,
    no,
    kind: no === 1 ? 'tip' : 'message',
    core: bytes(500),
    body: bytes(sizes.body ?? 200),
    seal: bytes(400),
    wraps: bytes(sizes.wraps ?? 100),
  };
}

export function submission(set: Partial<Submission> = {}): Submission {
  const tip = set.tip ?? newTip();
  return {
    tip,
    sealHash: newHash(),
    unit: HOME,
    t0: T0,
    urgent: false,
    conductGroup: 'prostitution',
    channel: 'web',
    assurance: 'e2ee',
    authorKey: bytes(32),
    mailbox: { locator: hex(16), loginKey: bytes(32), mailboxKey: bytes(1216) },
    envelope: envelope(tip),
    event: event(`tip:${tip}`, { no: 0, leaf: null }, { type: 'submitted', time: { hour: set.t0 ?? T0 } }),
    change: change({ step: 'submitted', startClocks: FIRST_CLOCKS }),
    challenge: { id: hex(16), expires: (T0_SECONDS + 600) as Seconds },
    answer: bytes(200),
    ...set,
  };
}

/** Accepts one submission and returns it. */
export async function given(store: Store, set: Partial<Submission> = {}): Promise<Submission> {
  const made = submission(set);
  const [result] = await store.intake.accept([made]);
  if (result?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return made;
}

/** Takes one step with an event that joins the tip's head now. */
export async function step(
  store: Store,
  tip: TipId,
  set: Partial<TipChange>,
  more: Partial<Omit<StepCommit, 'tip' | 'change'>> & { at?: number } = {},
): Promise<{ readonly registerNumber: string | null } | Stale> {
  const { at = T0_SECONDS + 3600, ...rest } = more;
  const made = await nextEvent(store, `tip:${tip}`, {
    type: set.step ?? 'prioritised',
    time: { at: at as Seconds },
  });
  return store.triage.step({ tip, event: made, change: change(set), by: newStaff(), ...rest });
}

export function staff(set: Partial<StaffRow> = {}): StaffRow {
  return {
    id: newStaff(),
    account: `user-${hex(4)}`,
    displayName: 'Lò Văn Thử',
    unit: HOME,
    roles: ['officer'],
    status: 'active',
    credential: {
      salt: bytes(16),
      memoryKiB: 262_144,
      passes: 3,
      loginKey: bytes(32),
      wrappedSecrets: bytes(120),
      totpSealed: bytes(60),
    },
    signKey: bytes(32),
    kemKey: bytes(1216),
    invite: null,
    ...set,
  };
}

/** Saves a member with its event and returns the row. */
export async function givenStaff(store: Store, set: Partial<StaffRow> = {}): Promise<StaffRow> {
  const row = staff(set);
  const saved = await store.accounts.saveStaff(await nextEvent(store, `staff:${row.id}`), row);
  if (saved !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
  return row;
}

export const isStale = (value: unknown): value is Stale =>
  typeof value === 'object' && value !== null && 'stale' in value;

/** An epoch's statement of a unit, unless a test says otherwise. */
export const statement = (set: Partial<StatementRow> = {}): StatementRow => ({
  hash: newHash(),
  kind: 'epoch',
  unit: HOME,
  version: 1,
  from: 100 as Seconds,
  until: 200 as Seconds,
  person: '',
  record: bytes(300),
  ...set,
});

export const unitRow = (set: Partial<UnitRow> = {}): UnitRow => ({
  code: HOME,
  parent: null,
  kind: 'commune_police',
  nameVi: 'Công an xã Mường La',
  nameEn: 'Mường La commune police',
  province: '14',
  remote: true,
  from: '2025-07-01',
  until: null,
  ...set,
});
