/** @jsxImportSource hono/jsx/dom */
import { yearOf } from '../../../domain/calendar.ts';
import { HolidayLineError, type HolidayProblem, parseHolidayCsv } from '../../../domain/holiday-csv.ts';
import type { HolidayTable } from '../../../domain/holidays.ts';
import { formatNumber } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson, type Problem, sendJson } from '../http.ts';
import { SelectField } from '../ui/fields.tsx';
import { Notice, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import { csvFrom } from './draft.ts';
import { HOLIDAYS, type WireHolidays, type WireYear } from './wire.ts';
import { YearTable } from './year-table.tsx';

/** Up to how many tips the service counts. */
const MOST = 1000;
/** Longest file that a year's table can be, in bytes. */
const LARGEST = 16_384;

/** The rest days of each year, for administrators to keep. */
export const HolidaysPage = () => {
  const { texts } = useBase();
  const t = texts.holidays;
  const { loaded, again } = useLoad(() => getJson<WireHolidays>(HOLIDAYS), 'holidays');
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? <Years told={loaded.value} onSaved={again} /> : null}
    </>
  );
};

const Years = ({ told, onSaved }: { readonly told: WireHolidays; readonly onSaved: () => Promise<void> }) => {
  const { texts } = useBase();
  const { now } = useDesk();
  const t = texts.holidays;
  const present = yearOf(now());
  const [chosen, setChosen] = useState(told.missing[0] ?? present);
  const known = new Set(told.years.map(({ year }) => year));
  const offered = [...new Set([...known, ...told.missing, present, present + 1])].sort((a, b) => a - b);
  const found = told.years.find(({ year }) => year === chosen) ?? null;
  return (
    <>
      {told.missing.length === 0 ? null : (
        <Notice kind="warning" title={t.missing(told.missing.join(', '))}>
          <p>{t.missingHint}</p>
        </Notice>
      )}
      <div class="filters">
        <SelectField
          name="year"
          label={t.year}
          value={String(chosen)}
          options={offered.map((year) => ({
            value: String(year),
            label: known.has(year) ? String(year) : t.notThere(String(year)),
          }))}
          onChange={(value) => setChosen(Number(value))}
        />
        {found === null ? null : (
          <a class="button" href={`${HOLIDAYS}/${chosen}.csv`} download={`tinkin-holidays-${chosen}.csv`}>
            {t.download}
          </a>
        )}
      </div>
      <Year
        key={`${chosen}-${found?.saved ?? 0}`}
        year={chosen}
        found={found}
        settling={told.settling[chosen] ?? 0}
        onSaved={onSaved}
      />
    </>
  );
};

/** A line of a table that is wrong, as the service names it: `4.weekend`. */
const wrongLine = (problem: Problem | null): WrongLine | null => {
  const parts = problem?.code === 'holiday_line' ? /^(\d+)\.(\w+)$/.exec(problem.field ?? '') : null;
  return parts === null ? null : { line: Number(parts[1]), problem: parts[2] as HolidayProblem };
};

interface WrongLine {
  readonly line: number;
  readonly problem: HolidayProblem;
}

const Year = (props: {
  readonly year: number;
  readonly found: WireYear | null;
  readonly settling: number;
  readonly onSaved: () => Promise<void>;
}) => {
  const { lang, texts } = useBase();
  const { tell } = useDesk();
  const t = texts.holidays;
  const { year, found, settling } = props;
  const [draft, setDraft] = useState<HolidayTable | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { busy, problem, run, clear } = useAction();
  const table = draft ?? found ?? { year, off: [], worked: [] };
  const lineText = ({ line, problem: what }: WrongLine): string => t.atLine(line, t.problems[what]);
  const change = (next: HolidayTable | null): void => {
    setDraft(next);
    setWrong(null);
    clear();
  };
  const read = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const text = file.size > LARGEST ? null : await file.text();
    input.value = '';
    try {
      if (text === null) setWrong(t.tooLarge);
      else change(parseHolidayCsv(year, text));
    } catch (error) {
      if (!(error instanceof HolidayLineError)) throw error;
      setWrong(lineText(error));
    }
  };
  const save = (): Promise<void> =>
    run(async () => {
      await sendJson('PUT', `${HOLIDAYS}/${year}`, { csv: csvFrom(table) });
      tell(t.saved(String(year)));
      setDraft(null);
      await props.onSaved();
    });
  const refused = wrongLine(problem);
  const count = formatNumber(lang, settling);
  return (
    <section class="section" aria-label={`${t.year} ${year}`}>
      <p class="small soft">
        {found === null ? null : found.saved === null ? t.shipped : t.savedAt(timeText(found.saved))}
        {found?.countsFrom == null ? null : ` ${t.countsFrom(timeText(found.countsFrom))}`}
      </p>
      {settling === 0 ? null : (
        <p class="small">{t.settling(settling >= MOST ? t.atLeast(count) : count, String(year))}</p>
      )}
      {wrong === null && refused === null ? null : (
        <Notice kind="problem">
          <p>{wrong ?? (refused === null ? '' : lineText(refused))}</p>
        </Notice>
      )}
      {refused === null ? <ProblemNotice problem={problem} /> : null}
      <YearTable table={table} onChange={change} />
      {draft === null ? null : (
        <div class="card">
          <p class="strong">{t.unsaved}</p>
          <p class="small soft">{t.consequence}</p>
          <div class="buttons">
            <button type="button" class="button button-main" disabled={busy} onClick={() => void save()}>
              {t.save}
            </button>
            <button type="button" class="button button-quiet" disabled={busy} onClick={() => change(null)}>
              {t.discard}
            </button>
          </div>
        </div>
      )}
      <div class="field">
        <label for="holiday-file">{t.file}</label>
        <span class="field-hint" id="holiday-file-hint">
          {t.fileHint}
        </span>
        <input
          id="holiday-file"
          type="file"
          accept=".csv,text/csv"
          class="input"
          aria-describedby="holiday-file-hint"
          onChange={(event: Event) => void read(event.target as HTMLInputElement)}
        />
      </div>
    </section>
  );
};
