/** @jsxImportSource hono/jsx/dom */
import { weekdayOf } from '../../../domain/calendar.ts';
import type { HolidayProblem } from '../../../domain/holiday-csv.ts';
import type { HolidayTable } from '../../../domain/holidays.ts';
import type { Day } from '../../../domain/ids.ts';
import { formatDay, formatWeekday } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { Choice, readForm, TextField } from '../ui/fields.tsx';
import { Scroll } from '../ui/parts.tsx';
import { rowsOf, withDay, withoutDay } from './draft.ts';

/** A year's days, each to be taken out, and a form for one more. Without `onChange` they are only shown. */
export const YearTable = (props: {
  readonly table: HolidayTable;
  readonly onChange?: (next: HolidayTable) => void;
}) => {
  const { lang, texts } = useBase();
  const t = texts.holidays;
  const { table, onChange } = props;
  const rows = rowsOf(table);
  const dayText = (day: string): string =>
    `${formatWeekday(lang, weekdayOf(day as Day))} ${formatDay(lang, day)}`;
  return (
    <>
      {rows.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <Scroll label={`${t.title} ${table.year}`}>
          <table class="table days-table">
            <thead>
              <tr>
                <th scope="col">{t.columns.day}</th>
                <th scope="col">{t.columns.name}</th>
                {onChange === undefined ? null : <td />}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ day, kind, name }) => (
                <tr key={day}>
                  <th scope="row">{dayText(day)}</th>
                  <td>{kind === 'off' ? name : <span class="badge">{t.kind.worked}</span>}</td>
                  {onChange === undefined ? null : (
                    <td>
                      <button
                        type="button"
                        class="button button-quiet"
                        aria-label={t.dropDay(formatDay(lang, day))}
                        onClick={() => onChange(withoutDay(table, day))}
                      >
                        {t.drop}
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {onChange === undefined ? null : <AddDay table={table} onChange={onChange} />}
    </>
  );
};

const AddDay = (props: { readonly table: HolidayTable; readonly onChange: (next: HolidayTable) => void }) => {
  const { texts } = useBase();
  const t = texts.holidays;
  const { table, onChange } = props;
  const [wrong, setWrong] = useState<HolidayProblem | null>(null);
  const [kind, setKind] = useState<'off' | 'worked'>('off');
  const add = (event: Event): void => {
    const read = readForm(event);
    const form = event.currentTarget as HTMLFormElement;
    const next = withDay(table, { day: read('day'), kind, name: read('name') });
    setWrong(typeof next === 'string' ? next : null);
    if (typeof next === 'string') return;
    form.reset();
    setKind('off');
    onChange(next);
  };
  const at = (...problems: readonly HolidayProblem[]): string | undefined =>
    wrong !== null && problems.includes(wrong) ? t.problems[wrong] : undefined;
  return (
    <details class="card">
      <summary>{t.add}</summary>
      <form class="form" onSubmit={add} autocomplete="off">
        <TextField
          name="day"
          type="date"
          label={t.columns.day}
          min={`${table.year}-01-01`}
          max={`${table.year}-12-31`}
          class="input-short"
          problem={at('day', 'year', 'twice', 'weekend')}
        />
        <Choice
          name="kind"
          legend={t.columns.kind}
          value={kind}
          options={(['off', 'worked'] as const).map((value) => ({ value, label: t.kind[value] }))}
          onChange={(value) => setKind(value === 'worked' ? 'worked' : 'off')}
        />
        {kind === 'worked' ? null : (
          <TextField name="name" label={t.name} maxlength={100} problem={at('name')} />
        )}
        <div class="buttons">
          <button type="submit" class="button">
            {t.adding}
          </button>
        </div>
      </form>
    </details>
  );
};
