/** @jsxImportSource hono/jsx/dom */
import { yearOf } from '../../../domain/calendar.ts';
import { isTipId, type TipId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson, Problem } from '../http.ts';
import { unitsNear } from '../tip/unit-field.tsx';
import { readForm, SelectField, TextField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';

/** An inspectorate names a tip that is about the unit which holds it, to take it away from there. */
export const ElsewherePage = () => {
  const { lang, texts, go } = useBase();
  const { me, now } = useDesk();
  const { busy, problem, run } = useAction();
  const { loaded } = useLoad(() => unitsNear(me.province), me.province);
  const t = texts.divert;
  const submit = (event: Event): void => {
    const read = readForm(event);
    void run(async () => {
      const asked = new URLSearchParams({
        unit: read('unit'),
        year: read('year'),
        number: read('number'),
      });
      const { tip } = await getJson<{ readonly tip: TipId }>(`/api/staff/tips/elsewhere?${asked}`);
      if (!isTipId(tip)) throw new Problem('tip_unknown');
      go({ page: 'tip', tip });
    });
  };
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? (
        <form class="form card" onSubmit={submit} autocomplete="off" aria-label={t.title}>
          <SelectField
            name="unit"
            label={t.unit}
            empty={texts.forms.choose}
            options={loaded.value
              .filter(({ code }) => code !== me.unit)
              .map(({ code, nameVi, nameEn }) => ({ value: code, label: lang === 'vi' ? nameVi : nameEn }))}
          />
          <TextField name="number" label={t.number} inputmode="numeric" pattern="[0-9]{1,7}" />
          <TextField
            name="year"
            label={t.year}
            inputmode="numeric"
            pattern="20[0-9]{2}"
            value={String(yearOf(now()))}
          />
          <ProblemNotice problem={problem} />
          <SubmitRow label={t.find} busy={busy} />
          <p class="consequence">{t.consequence}</p>
        </form>
      ) : null}
    </>
  );
};
