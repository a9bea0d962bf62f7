import type { Actor } from '../../domain/life-cycle-types.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { openSentEvent, type SentEvent } from '../../http/kit/signed-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { ParsedMember } from '../../protocol/member.ts';
import { type SeenTip, tipFor } from './access.ts';

/** What stands at the beginning of everything that a person does to a tip: who they are, what they may see, what they signed. */
interface BegunStep {
  readonly member: ParsedMember;
  readonly seen: SeenTip;
  readonly sent: SentEvent;
  readonly actor: Actor;
}

/**
 * The person, the tip as it stands, and the event that must join its chain; nothing is decided yet. Errors: `member_unknown`, `tip_unknown`,
 * `event_invalid`, `stale`.
 */
export async function beginStep(
  deps: Deps,
  staff: StaffRow,
  tip: string,
  { type, event }: { readonly type: string; readonly event: Parameters<typeof openSentEvent>[1] },
): Promise<BegunStep> {
  const member = await memberOf(deps, staff, deps.clock.now());
  const seen = await tipFor(deps, staff, tip);
  const { detail, above } = seen;
  const sent = openSentEvent(deps, event, { type, subject: `tip:${detail.tip}`, head: detail.head });
  const overTipUnit = above.includes(staff.unit);
  return {
    member,
    seen,
    sent,
    actor: {
      ...{ staff: staff.id, unit: staff.unit, roles: member.roles, overTipUnit },
      divertsFrom: seen.access === 'diverting',
    },
  };
}
