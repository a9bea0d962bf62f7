/** @jsxImportSource hono/jsx/dom */

import {
  BALANCE_FIGURES,
  type BalanceFigure,
  DUE_RESULTS,
  type DueResult,
  type Figures,
} from '../../../domain/figures.ts';
import type { Day } from '../../../domain/ids.ts';
import { balanceHolds, type Rate, ratioText } from '../../../domain/rates.ts';
import type { Verb } from '../../../domain/terms.ts';
import { formatNumber, type Lang } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { Notice, Scroll } from '../ui/parts.tsx';
import { Bar, Trend, TrendTable } from './chart.tsx';
import { Drill, type Opened } from './drill.tsx';
import { OversightFrame, type Shown } from './frame.tsx';
import { oversightTexts, unitNameIn } from './texts.ts';
import { queryOf } from './wire.ts';

/** The figures with the empty months before the first due day left out: a year that has just begun to fill shows what there is. */
const fromFirstMonth = (figures: Figures): Figures => {
  const first = figures.trend.findIndex(({ rates }) => figures.verbs.some((verb) => rates[verb].due > 0));
  return first <= 0 ? figures : { ...figures, trend: figures.trend.slice(first) };
};

const amount = (rate: Rate, result: DueResult): number =>
  ({ on_time: rate.onTime, late: rate.late, open_late: rate.openLate })[result];

/** The four rates with their trend, by unit, and the balance; every figure opens the tips behind it. */
export const RatesPage = ({ lang }: { readonly lang: Lang }) => {
  const t = oversightTexts(lang);
  return (
    <OversightFrame title={t.title} lead={t.lead}>
      {(shown) => <Rates {...shown} />}
    </OversightFrame>
  );
};

const Rates = ({ choices, question, figures }: Shown) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  const [opened, setOpened] = useState<Opened | null>(null);
  const plan = choices.plans.find((candidate) => candidate.id === figures.plan) ?? null;
  return (
    <>
      <div class="figures">
        {figures.verbs.map((verb) => (
          <section class="figure" key={verb} aria-labelledby={`verb-${verb}`}>
            <h2 id={`verb-${verb}`}>
              <span class={`key key-${verb}`} aria-hidden="true" />
              {t.verbs[verb]}
            </h2>
            <p class="figure-rate">{ratioText(figures.total[verb], lang)}</p>
            <p class="soft">
              {figures.total[verb].due === 0
                ? t.nothingDue
                : t.of(
                    formatNumber(lang, figures.total[verb].onTime),
                    formatNumber(lang, figures.total[verb].due),
                  )}
            </p>
            <Bar {...figures.total[verb]} />
            <Counts verb={verb} unit="" rate={figures.total[verb]} onOpen={setOpened} />
            {plan === null ? null : (
              <p class="small soft">{plan.percent === null ? t.notPromised : t.promised(plan.percent)}</p>
            )}
          </section>
        ))}
      </div>
      {opened === null ? null : (
        <Drill question={question} opened={opened} unitName={unitNameIn(choices, lang)} follow />
      )}
      <section class="section">
        <h2>{t.trend}</h2>
        <div class="trend-pair">
          <Trend figures={fromFirstMonth(figures)} />
          <TrendTable figures={fromFirstMonth(figures)} />
        </div>
      </section>
      <UnitTable figures={figures} onOpen={setOpened} />
      <p>
        <a
          class="button button-plain"
          href={`/api/staff/oversight/rates.csv?${queryOf(question, { lang })}`}
          download
        >
          {t.csvLink}
        </a>
      </p>
      <BalanceList figures={figures} today={choices.today} onOpen={setOpened} />
    </>
  );
};

/** On time, late and overdue as buttons that open the tips behind them; nothing to open is plain text. */
const Counts = (props: {
  readonly verb: Verb;
  readonly unit: string;
  readonly rate: Rate;
  readonly onOpen: (opened: Opened) => void;
}) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  return (
    <ul class="figure-counts">
      {DUE_RESULTS.map((result) => {
        const count = amount(props.rate, result);
        // The number stays with its word: no line breaks between them.
        const text = `${t.result[result]}:\u00a0${formatNumber(lang, count)}`;
        return (
          <li key={result} class={count > 0 ? `count-${result}` : 'soft'}>
            {count === 0 ? (
              text
            ) : (
              <button
                type="button"
                class="link-button"
                onClick={() => props.onOpen({ verb: props.verb, result, unit: props.unit })}
              >
                {text}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const UnitTable = (props: { readonly figures: Figures; readonly onOpen: (opened: Opened) => void }) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  const { figures } = props;
  return (
    <section class="section">
      <h2>{t.byUnit}</h2>
      {figures.units.length === 0 ? (
        <p class="soft">{t.nothingDue}</p>
      ) : (
        <Scroll label={t.byUnit}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t.unit}</th>
                {figures.verbs.map((verb) => (
                  <th scope="col" key={verb}>
                    {t.verbs[verb]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figures.units.map((unit) => (
                <tr key={unit.code}>
                  <th scope="row">{lang === 'vi' ? unit.nameVi : unit.nameEn}</th>
                  {figures.verbs.map((verb) => (
                    <td key={verb}>
                      <span class="cell-rate">{ratioText(unit.rates[verb], lang)}</span>
                      <Bar {...unit.rates[verb]} />
                      <Counts verb={verb} unit={unit.code} rate={unit.rates[verb]} onOpen={props.onOpen} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {figures.quiet === 0 ? null : <p class="small soft">{t.quiet(figures.quiet)}</p>}
    </section>
  );
};

/** True for what opens the tips in it: all but what was open on a day that is over, which is a sum alone. */
const opens = (figure: BalanceFigure, to: Day, today: Day): boolean => figure !== 'open' || to >= today;

const BalanceList = (props: {
  readonly figures: Figures;
  readonly today: Day;
  readonly onOpen: (opened: Opened) => void;
}) => {
  const { lang } = useBase();
  const t = oversightTexts(lang).balance;
  const { balance } = props.figures;
  return (
    <section class="section">
      <h2>{t.title}</h2>
      <p class="soft">{t.equation}</p>
      <dl class="balance">
        {BALANCE_FIGURES.map((figure) => (
          <div key={figure}>
            <dt>{t[figure]}</dt>
            <dd>
              {balance[figure] > 0 && opens(figure, props.figures.period.to, props.today) ? (
                <button
                  type="button"
                  class="link-button"
                  aria-label={`${t[figure]}: ${formatNumber(lang, balance[figure])}`}
                  onClick={() => props.onOpen({ figure })}
                >
                  {formatNumber(lang, balance[figure])}
                </button>
              ) : (
                formatNumber(lang, balance[figure])
              )}
            </dd>
          </div>
        ))}
      </dl>
      {balanceHolds(balance) ? (
        <p class="small">{t.holds}</p>
      ) : (
        <Notice kind="problem">
          <p>{t.broken}</p>
        </Notice>
      )}
    </section>
  );
};
