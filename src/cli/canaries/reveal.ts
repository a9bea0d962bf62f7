import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import type { Seconds } from '../../domain/ids.ts';
import { NO_LAW } from '../../domain/law.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { canaryCommitment, canaryTree, signClosed } from '../../protocol/auditor.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { fromHex } from '../../protocol/bytes.ts';
import { type CitizenWorld, readAnswer } from '../canary/citizen.ts';
import { Refused } from '../canary/client.ts';
import type { Head, StaffSession } from '../canary/staff-session.ts';
import { type CanarySetFile, changed } from './set-file.ts';

/** What became of each tip of a set, by its place. */
export interface Revealed {
  readonly set: CanarySetFile;
  readonly revealed: readonly number[];
  /** Sent, and not concluded yet. */
  readonly open: readonly number[];
  /** Promised, and the service knows nothing of it. */
  readonly lost: readonly number[];
  /** Never sent, or never answered and not there. */
  readonly unused: readonly number[];
}

const BASE = '/api/staff/audit/canaries';
const CONCLUDED: readonly string[] = ['resolved', 'notified', 'archived'];

/**
 * Tells of every concluded tip of a set that it was a test, each under the auditor's signature with its commitment opened. Where a tip stands is asked
 * with its code, as any citizen asks, so that the service does not learn which open tips are tests; of those whose sending was never answered
 * it is asked as the auditor, and only when the set is about to be closed. `keep` gets the set after each. Throws Refused, for what the service does
 * not accept as a test tip `canary_unknown`.
 */
export async function revealSet(
  world: CitizenWorld,
  auditor: StaffSession,
  set: CanarySetFile,
  keep: (set: CanarySetFile) => Promise<void>,
  closing = false,
): Promise<Revealed> {
  const { suite } = world;
  const { paths } = canaryTree(
    suite,
    set.canaries.map(({ tip, salt }) => canaryCommitment(suite, fromHex(salt), tip)),
  );
  const found = {
    revealed: [] as number[],
    open: [] as number[],
    lost: [] as number[],
    unused: [] as number[],
  };
  let now = set;
  for (const [index, canary] of set.canaries.entries()) {
    if (!canary.sent || canary.revealed) {
      found[canary.sent ? 'revealed' : 'unused'].push(index);
      continue;
    }
    const opening = { index, size: set.canaries.length, path: paths[index] ?? [], salt: canary.salt };
    const act = { step: 'canary_revealed', set: set.statement, ...opening } as const;
    const { code, tip } = canary;
    if (code === null ? !closing : (await stageOf(world, code)) === 'open') {
      found.open.push(index);
      continue;
    }
    const held = await stateOf(auditor, tip);
    if (held === null) {
      // Nobody can be blamed for what was never promised.
      found[code === null ? 'unused' : 'lost'].push(index);
      continue;
    }
    if (!CONCLUDED.includes(held.state.stage)) {
      found.open.push(index);
      continue;
    }
    await auditor.client.post(`${BASE}/${canary.tip}`, {
      act,
      event: eventOf(world, auditor, canary.tip, held, act),
    });
    now = changed(now, index, { revealed: true });
    await keep(now);
    found.revealed.push(index);
  }
  return { set: now, ...found };
}

/** Says openly, and under signature, that a set is at its end. Throws Refused: `canary_unknown`, `canary_known`. */
export const closeSet = (
  { suite, now }: Pick<CitizenWorld, 'suite' | 'now'>,
  { client, secrets }: StaffSession,
  { set, unused, lost }: Revealed,
): Promise<unknown> => {
  const { instance, auditor, statement } = set;
  const said = { instance, auditor, set: statement, unused, lost, at: now() as Seconds };
  return client.post(`${BASE}/close`, { statement: toBase64Url(signClosed(suite, said, secrets.sign)) });
};

interface Held {
  readonly state: TipState;
  readonly head: Head;
}

/** Whether a tip is concluded, as its citizen sees it; `gone` when its code opens nothing. */
async function stageOf(world: CitizenWorld, code: string): Promise<'open' | 'concluded' | 'gone'> {
  try {
    const { stage } = await readAnswer(world, code);
    return CONCLUDED.includes(stage) ? 'concluded' : 'open';
  } catch (error) {
    if (error instanceof Refused && error.code === 'mailbox_refused') return 'gone';
    throw error;
  }
}

async function stateOf({ client }: StaffSession, tip: string): Promise<Held | null> {
  try {
    return await client.get<Held>(`${BASE}/${tip}`);
  } catch (error) {
    if (error instanceof Refused && error.code === 'tip_unknown') return null;
    throw error;
  }
}

function eventOf(
  world: CitizenWorld,
  auditor: StaffSession,
  tip: string,
  { state, head }: Held,
  act: Extract<StepFacts['act'], { readonly step: 'canary_revealed' }>,
) {
  const { me } = auditor;
  const at = world.now() as Seconds;
  const actor = { staff: me.staff, unit: me.unit };
  const change = decide(state, { ...actor, roles: ['auditor'], overTipUnit: false, ofInstance: true }, act, {
    ...NO_LAW,
    now: at,
    unitKind: me.unitKind,
  });
  const facts: StepFacts = { state, act, change, actor };
  return auditor.signed(act.step, `tip:${tip}`, head, at, citizenPartOf(facts), restrictedPartOf(facts));
}
