import { AppError } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { parseWraps } from '../../protocol/wraps.ts';
import { seesNoContent, tipFor } from './access.ts';

/** Blocks of one page. */
const PAGE = 20;

/**
 * Former wraps of one envelope, for a console that the present ones do not open: the latest replaced first, and only blocks with a wrap for
 * an epoch of the person's unit. Whoever may not read the tip now, its first unit after a hand-over among them, gets none. `next` is where
 * the page after begins, null at the end. Errors: `tip_unknown`, `step_forbidden` (called upon from above, without a right to the content).
 */
export async function formerWrapsFor(
  deps: Deps,
  staff: StaffRow,
  tip: string,
  { no, before }: { readonly no: number; readonly before: number },
) {
  const { detail, access } = await tipFor(deps, staff, tip);
  if (seesNoContent(access)) throw new AppError('step_forbidden');
  const page = await deps.store.triage.formerWraps(detail.tip, no, before, PAGE);
  const own = page.filter(({ wraps }) =>
    parseWraps(wraps).some(({ id }) => id.startsWith(`epoch:${staff.unit}:`)),
  );
  return {
    tip: detail.tip,
    rows: own.map(({ replacedNo, wraps }) => ({ replacedNo, wraps: toBase64Url(wraps) })),
    next: page.length < PAGE ? null : (page.at(-1)?.replacedNo ?? null),
  };
}
