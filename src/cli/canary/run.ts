import { addDays, dayOf } from '../../domain/calendar.ts';
import type { Seconds, TipId, UnitId } from '../../domain/ids.ts';
import { type Rate, ratioText } from '../../domain/rates.ts';
import { HANDLER_ROLES, holdsAny, LEADER_ROLES } from '../../domain/roles.ts';
import type { Role, Verb } from '../../domain/terms.ts';
import type { DemoLogin } from '../../instance/demo-files.ts';
import { InstanceError } from '../../instance/instance-error.ts';
import type { Argon2Cost } from '../../protocol/suite.ts';
import { type CitizenWorld, canaryTip, readAnswer, type Sent, sendTip } from './citizen.ts';
import { codeOf } from './client.ts';
import { takeStep } from './officer.ts';
import { openTip, tipOf } from './reading.ts';
import { StaffSession } from './staff-session.ts';
import type { Timing } from './stopwatch.ts';

/** What a run is asked to do. */
export interface CanaryPlan {
  readonly logins: readonly DemoLogin[];
  /** Number of citizens. */
  readonly tips: number;
  /** How many act at once. */
  readonly atOnce: number;
  /** The unit that gets the tips; null takes the first in which two people can handle them. */
  readonly unit: string | null;
  /** For tests alone. */
  readonly minimumCost?: Argon2Cost;
}

/** The unit's rates over the next weeks, as the auditor reads them. */
type Rates = Readonly<Record<Verb, Rate>>;

export interface CanaryResult {
  readonly ok: boolean;
  readonly unit: string;
  readonly counts: Readonly<Record<'sent' | 'opened' | 'handled' | 'answered' | 'counted', number>>;
  readonly failures: readonly { readonly tip: number; readonly during: Phase; readonly code: string }[];
  readonly timings: Readonly<Record<string, Timing>>;
  /** Null when no login of an auditor of the unit was given. */
  readonly rates: { readonly before: Rates; readonly after: Rates; readonly handled: string } | null;
}

type Phase = 'send' | 'open' | 'handle' | 'answer' | 'count';

/** The people of a unit who handle the canary's tips, and who looks at the figures. */
interface Cast {
  readonly unit: UnitId;
  readonly officer: DemoLogin;
  readonly head: DemoLogin;
  readonly auditor: DemoLogin | null;
}

/** Days over which the clocks of a fresh tip fall due, with room. */
const PERIOD_DAYS = 60;
const ANSWER = 'Tin kiểm tra hệ thống đã được xử lý.';

/**
 * Acts as citizens, officer, head and auditor through the service's own interface, with true codes and full cryptography: sends, opens,
 * walks the life cycle, reads the answer with the code, and checks that the auditor's figures moved by exactly these tips. A failure of
 * one tip does not stop the others. Throws InstanceError `keys_insufficient` when the logins do not suffice, Refused when nobody can log in.
 */
export async function runCanary(world: CitizenWorld, plan: CanaryPlan): Promise<CanaryResult> {
  const cast = castOf(plan);
  const open = (login: DemoLogin) => StaffSession.open(world, login, plan.minimumCost);
  const [officer, head] = await Promise.all([open(cast.officer), open(cast.head)]);
  const auditor = cast.auditor === null ? null : await open(cast.auditor);
  const before = auditor === null ? null : await ratesOf(world, auditor, cast.unit);

  const counts = { sent: 0, opened: 0, handled: 0, answered: 0, counted: 0 };
  const failures: { tip: number; during: Phase; code: string }[] = [];
  await inParallel(plan.tips, plan.atOnce, async (number) => {
    let during: Phase = 'send';
    try {
      const mark = `${number + 1}/${plan.tips} ${crypto.randomUUID()}`;
      const sent = await world.watch.time('send', () => sendTip(world, canaryTip(mark, cast.unit)));
      counts.sent++;
      during = 'open';
      const text = await world.watch.time('open', () => openTip(world, officer, sent.tip));
      if (!text.endsWith(mark)) throw new Mismatch('content_differs');
      counts.opened++;
      during = 'handle';
      await handle(world, officer, head, sent.tip);
      counts.handled++;
      during = 'answer';
      await world.watch.time('answer', () => expectAnswer(world, sent));
      counts.answered++;
    } catch (error) {
      failures.push({ tip: number + 1, during, code: codeOf(error) });
    }
  });

  const rates = auditor === null || before === null ? null : await compare(world, auditor, cast.unit, before);
  if (rates !== null) {
    counts.counted = rates.after.handled.onTime - rates.before.handled.onTime;
    // Real tips may be handled meanwhile: fewer than ours is a failure, more is not.
    if (counts.counted < counts.handled) failures.push({ tip: 0, during: 'count', code: 'rate_behind' });
  }
  return {
    ok: failures.length === 0 && counts.answered === plan.tips,
    unit: cast.unit,
    counts,
    failures,
    timings: world.watch.report(),
    rates,
  };
}

/** What came back is not what was sent. */
class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function castOf({ logins, unit }: CanaryPlan): Cast {
  const is = (login: DemoLogin, roles: readonly Role[]): boolean => holdsAny(login.roles, roles);
  const units = unit === null ? [...new Set(logins.map((login) => login.unit))] : [unit];
  for (const code of units) {
    const members = logins.filter((login) => login.unit === code);
    const head = members.find((login) => is(login, LEADER_ROLES));
    const officer = members.find((login) => is(login, HANDLER_ROLES) && login !== head);
    if (head === undefined || officer === undefined) continue;
    // A unit of a province: the ministry's inspectorate is for what the provinces must not see.
    if (unit === null && !/^\d{2}-/.test(code)) continue;
    return { unit: head.unit, officer, head, auditor: auditorOf(logins, head.unit) };
  }
  const where = unit === null ? 'no unit' : `not in ${unit}`;
  throw new InstanceError(
    'keys_insufficient',
    `The logins need a leader and another handler of one unit (${where}).`,
  );
}

/** An auditor of the unit's province, else one of the whole instance. */
const auditorOf = (logins: readonly DemoLogin[], unit: UnitId): DemoLogin | null => {
  const auditors = logins.filter(({ roles }) => roles.includes('auditor'));
  return (
    auditors.find((login) => login.unit.slice(0, 3) === unit.slice(0, 3)) ??
    auditors.find((login) => !/^\d{2}-/.test(login.unit)) ??
    null
  );
};

/** The main path: register, classify, verify, propose, approve by another person, answer. */
async function handle(
  world: CitizenWorld,
  officer: StaffSession,
  head: StaffSession,
  tip: TipId,
): Promise<void> {
  const step = (staff: StaffSession, act: Parameters<typeof takeStep>[3], text?: string) =>
    takeStep(world, staff, tip, act, text);
  await step(officer, { step: 'registered' });
  await step(officer, {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'other',
    priority: 'P3',
    competent: true,
    circumstances: [],
    identity: 'anonymous',
    evidence: null,
  });
  await step(officer, { step: 'verification_started', plan: 'Kiểm tra hệ thống' });
  await step(officer, {
    step: 'resolution_proposed',
    outcome: 'kept',
    documentNumber: 'KTHT',
    ground: 'Tin kiểm tra hệ thống',
  });
  const { state } = await tipOf(head, tip);
  if (state.pending === null) throw new Mismatch('proposal_missing');
  await step(head, { step: 'resolved', decision: state.pending.id });
  await step(officer, { step: 'notified', impossible: null }, ANSWER);
}

/** With the code alone: the outcome, and the answer signed with the unit's voice. */
async function expectAnswer(world: CitizenWorld, { code }: Sent): Promise<void> {
  const read = await readAnswer(world, code);
  const [message] = read.messages;
  if (read.stage !== 'notified' || read.outcome !== 'kept') throw new Mismatch('state_differs');
  if (!read.consistent) throw new Mismatch('steps_differ');
  if (message?.text !== ANSWER || message.trust !== 'verified') throw new Mismatch('answer_differs');
}

async function ratesOf(world: CitizenWorld, auditor: StaffSession, unit: UnitId): Promise<Rates> {
  const from = dayOf(world.now() as Seconds);
  const to = addDays(from, PERIOD_DAYS);
  const figures = await world.watch.time('rates', () =>
    auditor.client.get<{ readonly total: Rates }>(
      `/api/staff/oversight/rates?from=${from}&to=${to}&unit=${unit}`,
    ),
  );
  return figures.total;
}

async function compare(world: CitizenWorld, auditor: StaffSession, unit: UnitId, before: Rates) {
  const after = await ratesOf(world, auditor, unit);
  return { before, after, handled: ratioText(after.handled, 'en') };
}

/** Runs `work` for 0 … count-1, at most `atOnce` at a time. */
async function inParallel(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}
