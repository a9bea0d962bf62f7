import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { AppContext } from '../../http/kit/app-env.ts';
import { loadSession } from '../../http/kit/session.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SessionRow, StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';

/** The signed-in person as the console knows them; the wrapped secrets open with their passphrase only. */
export async function meView(deps: Deps, staff: StaffRow, session: SessionRow) {
  const now = deps.clock.now();
  const { directory, accounts } = deps.store;
  const unit = await directory.unit(staff.unit);
  const parent = unit?.parent == null ? null : await directory.unit(unit.parent);
  const wraps = (await directory.epochWraps(staff.id)).filter(({ broken }) => !broken);
  const focal = await accounts.focalPoints(staff.unit, now);
  const colleagues = await accounts.ofUnit(staff.unit);
  return {
    staff: staff.id,
    account: staff.account,
    displayName: staff.displayName,
    unit: staff.unit,
    unitName: { vi: unit?.nameVi ?? staff.unit, en: unit?.nameEn ?? staff.unit },
    unitKind: unit?.kind ?? '',
    province: unit?.province ?? '',
    parent: unit?.parent ?? null,
    parentName: parent === null ? null : { vi: parent.nameVi, en: parent.nameEn },
    roles: rolesOf(staff),
    wrappedSecrets: encoded(staff.credential?.wrappedSecrets),
    signKey: encoded(staff.signKey),
    kemKey: encoded(staff.kemKey),
    cost: {
      salt: encoded(staff.credential?.salt),
      memoryKiB: staff.credential?.memoryKiB ?? 0,
      passes: staff.credential?.passes ?? 0,
    },
    epochWraps: wraps.map(({ unit: code, epoch, wrap }) => ({ unit: code, epoch, wrap: toBase64Url(wrap) })),
    focal: focal.filter((point) => point.staff === staff.id).map(({ stage, rank }) => ({ stage, rank })),
    colleagues: colleagues
      .filter((colleague) => colleague.status === 'active')
      .map((colleague) => ({
        staff: colleague.id,
        displayName: colleague.displayName,
        roles: rolesOf(colleague),
      })),
    session: { created: session.created, expires: session.expires },
    instance: deps.instance.id,
    now,
    demo: deps.instance.mode === 'demo',
  };
}

const encoded = (bytes: Uint8Array | null | undefined): string =>
  bytes === null || bytes === undefined ? '' : toBase64Url(bytes);

/** Who a browser belongs to: somebody with an open session, somebody whose session is over, or nobody that is known. */
export type Presence =
  | { readonly state: 'open'; readonly me: Me }
  | { readonly state: 'over' }
  | { readonly state: 'none' };

/**
 * What the console asks before it knows whether anybody is logged in. "Nobody" is an answer here and no refusal; it tells nothing that
 * the 401 of every other staff route does not.
 */
export async function presenceOf(c: AppContext, deps: Deps): Promise<Presence> {
  try {
    const { staff, row } = await loadSession(c, deps);
    return { state: 'open', me: await meView(deps, staff, row) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'session_required') return { state: 'none' };
    if (error instanceof AppError && error.code === 'session_expired') return { state: 'over' };
    throw error;
  }
}

/** One of a person's sessions; `id` names it for ending and opens nothing. */
export interface SessionView {
  readonly id: string;
  readonly created: Seconds;
  readonly lastSeen: Seconds;
  readonly expires: Seconds;
  readonly current: boolean;
}

/** A person's open sessions, oldest first. */
export async function sessionsView(
  deps: Deps,
  staff: StaffRow,
  current: SessionRow,
): Promise<readonly SessionView[]> {
  const now = deps.clock.now();
  const rows = await deps.store.accounts.sessionsOf(staff.id);
  return rows
    .filter((row) => row.expires > now)
    .map(({ tokenHash, created, lastSeen, expires }) => ({
      id: tokenHash,
      created,
      lastSeen,
      expires,
      current: tokenHash === current.tokenHash,
    }));
}

export type Me = Awaited<ReturnType<typeof meView>>;
