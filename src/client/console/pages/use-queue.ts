import { useCallback, useEffect, useRef } from 'hono/jsx/dom';
import type { ListedTip } from '../../../domain/tip-row.ts';
import { useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson, type Problem } from '../http.ts';
import { asProblem } from '../use-load.ts';
import type { QueuePage } from '../wire.ts';

/** Rows fetched at a time. */
export const PAGE = 50;

export interface QueueState {
  readonly rows: readonly ListedTip[] | null;
  /** True when there are more. */
  readonly more: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** True when something in the unit changed since the list was read. */
  readonly changed: boolean;
  readonly fetchMore: () => void;
  readonly reload: () => void;
}

/** A keyset-paged list of tips. `query` are the server's parameters without position and limit. */
export const useQueue = (query: string, limit = PAGE): QueueState => {
  const { live } = useDesk();
  const [rows, setRows] = useState<readonly ListedTip[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [changed, setChanged] = useState(false);
  const current = useRef(query);
  current.current = query;

  const fetchPage = useCallback(
    async (after: string | null, before: readonly ListedTip[]): Promise<void> => {
      setBusy(true);
      setProblem(null);
      const position = after === null ? '' : `&after=${encodeURIComponent(after)}`;
      try {
        const page = await getJson<QueuePage>(`/api/staff/queue?${query}&limit=${limit}${position}`);
        if (current.current !== query) return;
        const known = new Set(before.map((row) => row.tip));
        setRows([...before, ...page.rows.filter((row) => !known.has(row.tip))]);
        setNext(page.next);
        if (after === null) setChanged(false);
      } catch (error) {
        if (current.current === query) setProblem(asProblem(error));
      } finally {
        setBusy(false);
      }
    },
    [query, limit],
  );
  useEffect(() => {
    setRows(null);
    setNext(null);
    void fetchPage(null, []);
  }, [fetchPage]);
  useEffect(
    () =>
      live.subscribe((event) => {
        if (event.kind === 'new_tip' || event.kind === 'changed') setChanged(true);
      }),
    [live],
  );
  return {
    rows,
    more: next !== null,
    busy,
    problem,
    changed,
    fetchMore: () => void fetchPage(next, rows ?? []),
    reload: () => void fetchPage(null, []),
  };
};
