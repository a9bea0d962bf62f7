/** @jsxImportSource hono/jsx/dom */
import { periodOf } from '../../../audit/rates.ts';
import type { AuditedRates } from '../../../audit/report.ts';
import { dayOf } from '../../../domain/calendar.ts';
import type { Figures, VerbRates } from '../../../domain/figures.ts';
import type { Rate } from '../../../domain/rates.ts';
import { VERBS } from '../../../domain/terms.ts';
import { formatNumber, type Lang } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { oversightTexts } from '../oversight/texts.ts';
import { Scroll } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { auditTexts } from './texts.ts';

/** The rates over all tips as they follow from the signed steps, each beside what the page of figures says. */
export const FiguresBeside = ({ rates }: { readonly rates: readonly AuditedRates[] }) => {
  const { lang } = useBase();
  const { now } = useDesk();
  const t = auditTexts(lang).verify;
  const verbs = oversightTexts(lang).verbs;
  const { from, to } = periodOf(null, dayOf(now() as Parameters<typeof dayOf>[0]));
  const path = `/api/staff/oversight/rates?${new URLSearchParams({ from, to }).toString()}`;
  const { loaded } = useLoad(() => getJson<Figures>(path), path);
  const page = loaded.state === 'ready' ? loaded.value : null;
  const rows = rates.filter(({ plan }) => plan === null);
  const onPage = (unit: string | null): VerbRates | undefined =>
    unit === null ? page?.total : page?.units.find(({ code }) => code === unit)?.rates;
  const nameOf = (unit: string | null): string => {
    const known = page?.units.find(({ code }) => code === unit);
    return unit === null ? t.all : ((lang === 'vi' ? known?.nameVi : known?.nameEn) ?? unit);
  };
  return (
    <div class="section">
      <h3 id="figures-again">{t.figures}</h3>
      <p class="small soft">{t.figuresHint}</p>
      <Scroll label={t.figures}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t.unit}</th>
              {VERBS.map((verb) => (
                <th scope="col" key={verb}>
                  {verbs[verb]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ unit, rates: of }) => (
              <tr key={unit ?? ''}>
                <th scope="row">{nameOf(unit)}</th>
                {VERBS.map((verb) => (
                  <td key={verb}>
                    <Cell lang={lang} own={of[verb]} page={onPage(unit)?.[verb]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
};

const isSame = (one: Rate, other: Rate): boolean =>
  one.due === other.due && one.onTime === other.onTime && one.late === other.late;

const Cell = (props: { readonly lang: Lang; readonly own: Rate; readonly page: Rate | undefined }) => {
  const t = auditTexts(props.lang).verify;
  const text = ({ onTime, due }: Rate): string =>
    `${formatNumber(props.lang, onTime)} / ${formatNumber(props.lang, due)}`;
  return (
    <>
      <span class="cell-rate">{text(props.own)}</span>
      {props.page === undefined ? null : (
        <p class={isSame(props.own, props.page) ? 'small soft' : 'small strong'}>
          {isSame(props.own, props.page) ? t.same : t.differs(text(props.page))}
        </p>
      )}
    </>
  );
};
