import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { type RegisterEntry, registerEntry } from '../../domain/register.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { RegisterRange } from '../../ports/store/register-store.ts';

/** Lines of one page. */
export const PAGE = 100;
/** Lines that leave on paper or as a file in one go. */
export const MOST_PRINTED = 5000;

/** A page of a person's own unit's book; `next` is where the one after it begins, null at the end. */
export interface BookPage {
  readonly entries: readonly RegisterEntry[];
  readonly next: number | null;
}

export async function bookPage(
  deps: Pick<Deps, 'store'>,
  range: Omit<RegisterRange, 'limit'>,
): Promise<BookPage> {
  const rows = await deps.store.register.lines({ ...range, limit: PAGE });
  const entries = rows.map((row) => registerEntry(range.unit, range.year, row));
  return { entries, next: rows.length < PAGE ? null : (rows.at(-1)?.number ?? null) };
}

/** Lines from one number to another, both inclusive. */
export interface Printed {
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

/** All lines of a range, in the book's order. Error `field_invalid` for a range that ends before it begins or is too long. */
export async function linesBetween(
  deps: Pick<Deps, 'store'>,
  { unit }: StaffRow,
  { year, from, to }: Printed,
): Promise<readonly RegisterEntry[]> {
  checkRange({ from, to });
  const entries: RegisterEntry[] = [];
  for (let after: number | null = from - 1; after !== null && after < to; ) {
    const page: BookPage = await bookPage(deps, { unit, year, order: 'up', after });
    entries.push(...page.entries.filter(({ number }) => number <= to));
    after = page.next;
  }
  return entries;
}

/**
 * Records that lines of the unit's book left the service: on paper, with what is in the envelopes or without, or as a file, always without.
 * Error `field_invalid` as above.
 */
export async function recordPrinted(
  deps: Deps,
  staff: StaffRow,
  { year, from, to }: Printed,
  how: { readonly form: 'paper' | 'csv'; readonly content: boolean },
): Promise<void> {
  checkRange({ from, to });
  const act = unitEvent(staff.unit, 'register_printed', { by: staff.id, year, from, to, ...how });
  await recorded(deps, act, (event) => deps.store.register.printed(event));
}

function checkRange({ from, to }: Pick<Printed, 'from' | 'to'>): void {
  if (to < from || to - from >= MOST_PRINTED) throw new AppError('field_invalid', { field: 'to' });
}
