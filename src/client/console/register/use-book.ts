import { useCallback, useEffect, useRef } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import type { RegisterEntry } from '../../../domain/register.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson, type Problem } from '../http.ts';
import { asProblem } from '../use-load.ts';
import type { Summary } from '../worker/calls.ts';

/** A page of the unit's book as the server gives it. */
export interface BookPage {
  readonly year: number;
  /** Years of which there is a book. */
  readonly years: readonly number[];
  readonly entries: readonly RegisterEntry[];
  readonly next: number | null;
}

/** Fetches one page: the numbers above `after` (`up`) or below it (`down`), from the book's end where it is null. */
export const fetchBook = (
  year: number | null,
  order: 'up' | 'down',
  after: number | null,
): Promise<BookPage> => {
  const query = new URLSearchParams({ order });
  if (year !== null) query.set('year', String(year));
  if (after !== null) query.set('after', String(after));
  return getJson<BookPage>(`/api/staff/register?${query}`);
};

export interface Book {
  /** Null until the first page is here. */
  readonly page: BookPage | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly changed: boolean;
  readonly more: () => void;
  readonly reload: () => void;
}

/** The book of a year (null: this one) from a number downwards (null: from its end), page after page. */
export const useBook = (year: number | null, from: number | null): Book => {
  const { live } = useDesk();
  const [page, setPage] = useState<BookPage | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [changed, setChanged] = useState(false);
  const key = `${year}/${from}`;
  const wanted = useRef(key);
  wanted.current = key;
  const load = useCallback(
    async (before: BookPage | null): Promise<void> => {
      setBusy(true);
      setProblem(null);
      try {
        const after = before === null ? (from === null ? null : from + 1) : before.next;
        const fresh = await fetchBook(year, 'down', after);
        if (wanted.current !== key) return;
        setPage(before === null ? fresh : { ...fresh, entries: [...before.entries, ...fresh.entries] });
        if (before === null) setChanged(false);
      } catch (error) {
        if (wanted.current === key) setProblem(asProblem(error));
      } finally {
        setBusy(false);
      }
    },
    [key],
  );
  useEffect(() => {
    setPage(null);
    void load(null);
  }, [load]);
  useEffect(
    () =>
      live.subscribe((event) => {
        if (event.kind === 'changed') setChanged(true);
      }),
    [live],
  );
  return { page, busy, problem, changed, more: () => void load(page), reload: () => void load(null) };
};

export type Summaries = Readonly<Record<string, Summary>>;

/** What the envelopes of tips say, opened when asked; what is known stays until the page is left. */
export const useSummaries = (): {
  readonly known: Summaries;
  readonly open: (entries: readonly RegisterEntry[]) => Promise<Summaries>;
} => {
  const { vault } = useBase();
  const [known, setKnown] = useState<Summaries>({});
  const open = async (entries: readonly RegisterEntry[]): Promise<Summaries> => {
    const tips = entries.flatMap(({ tip }): readonly TipId[] => (tip === null ? [] : [tip]));
    const wanted = tips.filter((tip) => known[tip] === undefined || known[tip].code !== null);
    const fresh = wanted.length === 0 ? {} : await vault.ask('summaries', { tips: wanted });
    const all = { ...known, ...fresh };
    setKnown(all);
    return all;
  };
  return { known, open };
};
