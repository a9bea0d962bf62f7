/** @jsxImportSource hono/jsx/dom */
import { dayOf } from '../../../domain/calendar.ts';
import type { Absence } from '../../../domain/focal.ts';
import { mayManageMembers, mayReadTips } from '../../../domain/roles.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { sendJson } from '../http.ts';
import { readForm, SelectField, TextField } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';

interface AbsencesProps {
  readonly absences: readonly Absence[];
  readonly onDone: () => Promise<void>;
}

/** Who is away and until when; everybody for themselves, leaders for all. */
export const Absences = ({ absences, onDone }: AbsencesProps) => {
  const { texts } = useBase();
  const t = texts.focal;
  return (
    <section class="section" aria-labelledby="absences">
      <h2 id="absences">{t.absences}</h2>
      {absences.length === 0 ? <p class="empty">{t.nobodyAway}</p> : null}
      <ul class="focal-list">
        {absences.map((absence) => (
          <Row absence={absence} onDone={onDone} key={`${absence.staff}${absence.from}`} />
        ))}
      </ul>
      <AbsenceForm onDone={onDone} />
    </section>
  );
};

const Row = ({ absence, onDone }: { readonly absence: Absence } & Pick<AbsencesProps, 'onDone'>) => {
  const { lang, texts } = useBase();
  const { me, nameOf, now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const t = texts.focal;
  const { staff, from, until } = absence;
  const end = (): void => {
    void run(async () => {
      await sendJson('POST', '/api/staff/absences/end', { staff, from });
      tell(t.ended);
      await onDone();
    });
  };
  const mine = staff === me.staff;
  return (
    <li class="card absence">
      <span>
        <span class="strong">{mine ? t.me : nameOf(staff)}</span>
        <span class="field-hint">
          {until === null
            ? t.openEnd(formatDay(lang, dayOf(from)))
            : t.period(formatDay(lang, dayOf(from)), formatDay(lang, dayOf(until - 1)))}
        </span>
      </span>
      {mine || mayManageMembers(me.roles) ? (
        <button type="button" class="button" onClick={end} disabled={busy}>
          {from > now() ? t.giveUp : t.back}
        </button>
      ) : null}
      <ProblemNotice problem={problem} />
    </li>
  );
};

const AbsenceForm = ({ onDone }: Pick<AbsencesProps, 'onDone'>) => {
  const { texts } = useBase();
  const { me, now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const t = texts.focal;
  const today = dayOf(now());
  const others = me.colleagues.filter((person) => mayReadTips(person.roles));
  const submit = (event: Event): void => {
    const read = readForm(event);
    void run(async () => {
      const staff = mayManageMembers(me.roles) ? read('absentee') : me.staff;
      const until = read('until');
      const body = { staff, from: read('first'), until: until === '' ? null : until };
      await sendJson('POST', '/api/staff/absences', body);
      tell(t.absenceSaved);
      await onDone();
    });
  };
  return (
    <form class="form card" onSubmit={submit} autocomplete="off" aria-label={t.absence}>
      <h3>{t.absence}</h3>
      {mayManageMembers(me.roles) ? (
        <SelectField
          name="absentee"
          label={t.person}
          value={me.staff}
          options={others.map((person) => ({ value: person.staff, label: person.displayName }))}
        />
      ) : null}
      <TextField name="first" type="date" label={t.first} value={today} min={today} />
      <TextField name="until" type="date" label={t.last} hint={t.lastHint} required={false} min={today} />
      <ProblemNotice problem={problem} />
      <SubmitRow label={t.saveAbsence} busy={busy} />
      <p class="consequence">{t.consequence}</p>
    </form>
  );
};
