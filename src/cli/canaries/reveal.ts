import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import type { Seconds } from '../../domain/ids.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { canaryCommitment, canaryTree } from '../../protocol/auditor.ts';
import { fromHex } from '../../protocol/bytes.ts';
import type { CitizenWorld } from '../canary/citizen.ts';
import { Refused } from '../canary/client.ts';
import { NO_LAW } from '../canary/no-law.ts';
import type { Head, StaffSession } from '../canary/staff-session.ts';
import { type CanarySetFile, changed } from './set-file.ts';

/** What became of each tip of a set, by its place. */
export interface Revealed {
  readonly set: CanarySetFile;
  readonly revealed: readonly number[];
  /** Sent, and not concluded yet. */
  readonly open: readonly number[];
  /** Sent, and the service knows nothing of it. */
  readonly lost: readonly number[];
  readonly unused: readonly number[];
}

const BASE = '/api/staff/audit/canaries';
const CONCLUDED: readonly string[] = ['resolved', 'notified', 'archived'];

/**
 * Tells of every concluded tip of a set that it was a test, each under the auditor's signature with its commitment opened. `keep` gets the set after
 * each. Throws Refused, for what the service does not accept as a test tip `canary_unknown`.
 */
export async function revealSet(
  world: CitizenWorld,
  auditor: StaffSession,
  set: CanarySetFile,
  keep: (set: CanarySetFile) => Promise<void>,
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
    const held = await stateOf(auditor, canary.tip);
    if (held === null || !CONCLUDED.includes(held.state.stage)) {
      found[held === null ? 'lost' : 'open'].push(index);
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

/** Says openly that a set is at its end. Throws Refused: `canary_unknown`, `canary_known`. */
export const closeSet = (auditor: StaffSession, { set, unused, lost }: Revealed): Promise<unknown> =>
  auditor.client.post(`${BASE}/close`, { set: set.statement, unused, lost });

interface Held {
  readonly state: TipState;
  readonly head: Head;
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
