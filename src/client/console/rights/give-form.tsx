/** @jsxImportSource hono/jsx/dom */
import { dayOf, endOfDay, startOfDay } from '../../../domain/calendar.ts';
import { isDay, isStaffId, type Seconds, type UnitId } from '../../../domain/ids.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { INVESTIGATOR_GRADES } from '../../../domain/settlement.ts';
import { CRIME_KINDS } from '../../../domain/transition-row.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson, Problem } from '../http.ts';
import { Choice, readForm, SelectField, TextField, Tick } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { WirePeople, WireRights } from './wire.ts';

/** Gives a leader of a unit right below the right to settle. */
export const GiveForm = (props: {
  readonly units: WireRights['units'];
  readonly onDone: () => Promise<void>;
}) => {
  const { lang, texts, words, vault } = useBase();
  const { now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [unit, setUnit] = useState<UnitId | ''>('');
  const t = texts.rights;
  const { loaded } = useLoad(
    () =>
      unit === ''
        ? Promise.resolve<WirePeople>({ people: [] })
        : getJson<WirePeople>(`/api/staff/rights/${unit}/people`),
    `people ${unit}`,
  );
  const people = loaded.state === 'ready' ? loaded.value.people : [];
  const submit = (event: Event): void => {
    const read = readForm(event);
    void run(async () => {
      const [person, from, until] = [read('person'), read('from'), read('until')];
      const grade = INVESTIGATOR_GRADES.find((one) => one === read('grade'));
      const legalKinds = CRIME_KINDS.filter((kind) => read(`kind-${kind}`) === 'yes');
      const dates = isDay(from) && (until === '' || isDay(until));
      if (unit === '' || !isStaffId(person) || grade === undefined || !dates || legalKinds.length === 0)
        throw new Problem('field_invalid');
      const last = isDay(until) ? ((endOfDay(until) + 1) as Seconds) : null;
      const begins = startOfDay(from);
      if (last !== null && last <= begins) throw new Problem('right_period', { field: 'until' });
      const paper = { document: read('document'), from: begins, until: last };
      await vault.ask('giveRight', { person, unit, grade, legalKinds, ...paper });
      tell(t.given);
      await props.onDone();
    });
  };
  return (
    <form class="form card" onSubmit={submit} autocomplete="off" aria-label={t.give}>
      <h3>{t.give}</h3>
      <SelectField
        name="unit"
        label={t.unit}
        empty={texts.forms.choose}
        options={props.units.map(({ code, nameVi, nameEn }) => ({
          value: code,
          label: lang === 'vi' ? nameVi : nameEn,
        }))}
        onChange={(code) => setUnit(code as UnitId | '')}
      />
      <SelectField
        name="person"
        label={t.person}
        empty={texts.forms.choose}
        options={people.map(({ staff, name }) => ({ value: staff, label: name }))}
      />
      {unit !== '' && loaded.state === 'ready' && people.length === 0 ? (
        <p class="field-hint">{t.noPeople}</p>
      ) : null}
      <Choice
        name="grade"
        legend={t.grade}
        value="mid"
        options={INVESTIGATOR_GRADES.map((grade) => ({ value: grade, label: t.grades[grade] }))}
      />
      <fieldset class="choice">
        <legend>{t.kinds}</legend>
        {CRIME_KINDS.map((kind) => (
          <Tick name={`kind-${kind}`} label={words.legalKind[kind]} checked key={kind} />
        ))}
      </fieldset>
      <TextField name="document" label={t.document} maxlength={ACT_LIMITS.documentNumber} />
      <TextField name="from" type="date" label={t.from} value={dayOf(now() as Seconds)} />
      <TextField name="until" type="date" label={t.until} hint={t.untilHint} required={false} />
      <ProblemNotice problem={problem} />
      <SubmitRow label={t.give} busy={busy} />
      <p class="consequence">{t.consequence}</p>
    </form>
  );
};
