/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { dayOf } from '../../../domain/calendar.ts';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import type { FocalStage } from '../../../domain/transition-types.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { SelectField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import { ElsewhereRow, type ElsewhereTip } from './elsewhere-row.tsx';

interface Unit {
  readonly unit: UnitId;
  readonly name: { readonly vi: string; readonly en: string };
  readonly overdue: number;
  readonly oldestDue: Seconds | null;
  readonly holes: readonly FocalStage[];
}

interface Board {
  /** What to choose from where there are too many units for one board. */
  readonly provinces:
    | readonly { readonly province: string; readonly name: { readonly vi: string; readonly en: string } }[]
    | null;
  readonly units: readonly Unit[];
  readonly rows: readonly ElsewhereTip[];
  readonly next: string | null;
}

/** Figures stop here. */
const CEILING = 1_000;

const read = (province: string, unit: UnitId | null, after: string | null): Promise<Board> => {
  const asked = new URLSearchParams({
    ...(province === '' ? {} : { province }),
    ...(unit === null ? {} : { unit }),
    ...(after === null ? {} : { after }),
  });
  return getJson<Board>(`/api/staff/board/below?${asked}`);
};

/** What is overdue in the units below: a line a unit, then the tips, the longest overdue first. */
export const BoardPage = () => {
  const { lang, texts, words } = useBase();
  const [province, setProvince] = useState('');
  const [unit, setUnit] = useState<UnitId | null>(null);
  const [more, setMore] = useState<Pick<Board, 'rows' | 'next'> | null>(null);
  const { loaded } = useLoad(() => read(province, unit, null), `board ${province} ${unit ?? ''}`);
  const { busy, problem, run } = useAction();
  useEffect(() => setMore(null), [province, unit]);
  const t = texts.board;
  const told = loaded.state === 'ready' ? loaded.value : null;
  const provinces = told?.provinces ?? null;
  const rows = told === null ? [] : [...told.rows, ...(more?.rows ?? [])];
  const next = more === null ? (told?.next ?? null) : more.next;
  const turn = (): void =>
    void run(async () => {
      const page = await read(province, unit, next);
      setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next });
    });
  const figure = (n: number): string => (n >= CEILING ? `${CEILING.toLocaleString(lang)}+` : String(n));
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {provinces === null ? null : (
        <SelectField
          name="province"
          label={t.province}
          options={provinces.map((row) => ({ value: row.province, label: row.name[lang] }))}
          value={province}
          empty={t.choose}
          onChange={(chosen) => {
            setUnit(null);
            setProvince(chosen);
          }}
        />
      )}
      {told !== null && told.units.length === 0 && !(provinces !== null && province === '') ? (
        <p class="empty">{t.nothing}</p>
      ) : null}
      {told === null || told.units.length === 0 ? null : (
        <Scroll label={t.units}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t.unit}</th>
                <th scope="col" class="number">
                  {t.overdue}
                </th>
                <th scope="col">{t.oldest}</th>
                <th scope="col">{t.holes}</th>
              </tr>
            </thead>
            <tbody>
              {told.units.map((row) => (
                <tr key={row.unit}>
                  <th scope="row">
                    <button
                      type="button"
                      class="link-button"
                      aria-pressed={unit === row.unit ? 'true' : 'false'}
                      onClick={() => setUnit(unit === row.unit ? null : row.unit)}
                    >
                      {row.name[lang]}
                    </button>
                  </th>
                  <td class="number">{figure(row.overdue)}</td>
                  <td>{row.oldestDue === null ? '–' : formatDay(lang, dayOf(row.oldestDue))}</td>
                  <td>
                    {row.holes.length === 0
                      ? '–'
                      : row.holes.map((stage) => words.focalStage[stage].toLowerCase()).join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {rows.length === 0 ? null : (
        <section class="section" aria-labelledby="overdue-tips">
          <h2 id="overdue-tips">{t.tips}</h2>
          <p class="soft small">{t.facts}</p>
          <ol class="rows" aria-labelledby="overdue-tips">
            {rows.map((row) => (
              <ElsewhereRow row={row} why={null} key={row.tip} />
            ))}
          </ol>
          <ProblemNotice problem={problem} />
          {next === null ? null : (
            <div class="rows-more">
              <button type="button" class="button" onClick={turn} disabled={busy}>
                {t.more}
              </button>
            </div>
          )}
        </section>
      )}
    </>
  );
};
