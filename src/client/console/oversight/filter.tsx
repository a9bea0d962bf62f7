/** @jsxImportSource hono/jsx/dom */

import { isCalendarDay } from '../../../domain/calendar.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { TextField } from '../ui/fields.tsx';
import { Notice } from '../ui/parts.tsx';
import { oversightTexts } from './texts.ts';
import type { Choices, Question } from './wire.ts';

/** Plan, unit and period. Choosing a plan proposes its own period, up to today. */
export const Filter = (props: {
  readonly choices: Choices;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) => {
  const { lang } = useBase();
  const t = oversightTexts(lang).filter;
  const [draft, setDraft] = useState(props.question);
  const [wrong, setWrong] = useState(false);
  const choosePlan = (id: string): void => {
    const plan = props.choices.plans.find((candidate) => candidate.id === id);
    const period = plan ? { from: plan.from, to: plan.to } : {};
    setDraft({ ...draft, ...period, plan: id });
  };
  const ask = (event: Event): void => {
    event.preventDefault();
    const right = isCalendarDay(draft.from) && isCalendarDay(draft.to) && draft.from <= draft.to;
    setWrong(!right);
    if (right) props.onAsk(draft);
  };
  return (
    <form class="filter" aria-label={t.label} onSubmit={ask}>
      <div class="field">
        <label for="plan">{t.plan}</label>
        <select
          id="plan"
          class="input"
          value={draft.plan}
          onChange={(event: Event) => choosePlan(chosen(event))}
        >
          <option value="">{t.allTips}</option>
          {props.choices.plans.map((plan) => (
            <option value={plan.id} key={plan.id} selected={plan.id === draft.plan}>
              {lang === 'vi' ? plan.vi : plan.en}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="unit">{t.unit}</label>
        <select
          id="unit"
          class="input"
          value={draft.unit}
          onChange={(event: Event) => setDraft({ ...draft, unit: chosen(event) })}
        >
          <option value="">{t.allUnits}</option>
          {props.choices.units.map((unit) => (
            <option value={unit.code} key={unit.code} selected={unit.code === draft.unit}>
              {lang === 'vi' ? unit.nameVi : unit.nameEn}
            </option>
          ))}
        </select>
      </div>
      <TextField
        name="from"
        type="date"
        label={t.from}
        value={draft.from}
        onInput={(value) => setDraft({ ...draft, from: value as Question['from'] })}
      />
      <TextField
        name="to"
        type="date"
        label={t.to}
        value={draft.to}
        onInput={(value) => setDraft({ ...draft, to: value as Question['to'] })}
      />
      <button type="submit" class="button">
        {t.show}
      </button>
      {wrong ? (
        <Notice kind="problem">
          <p>{t.badPeriod}</p>
        </Notice>
      ) : null}
    </form>
  );
};

const chosen = (event: Event): string => (event.target as HTMLSelectElement).value;
