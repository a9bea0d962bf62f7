/** @jsxImportSource hono/jsx/dom */
import type { Figures } from '../../../domain/figures.ts';
import { ratioText } from '../../../domain/rates.ts';
import type { Verb } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { Scroll } from '../ui/parts.tsx';
import { oversightTexts } from './texts.ts';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 44;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;

/** Share of the width that is filled, 0–1: how much of what fell due was on time. */
export const Bar = ({ due, onTime }: { readonly due: number; readonly onTime: number }) => (
  <svg class="rate-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rate-bar-all" x="0" y="0" width="100" height="8" />
    {due === 0 ? null : (
      <rect class="rate-bar-part" x="0" y="0" width={String((onTime / due) * 100)} height="8" />
    )}
  </svg>
);

/** One line a verb over the months; months with nothing due leave a gap. The table beside it says the same in numbers. */
export const Trend = ({ figures }: { readonly figures: Figures }) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  const months = figures.trend;
  const x = (index: number): number =>
    months.length === 1
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + (index * (WIDTH - LEFT - RIGHT)) / (months.length - 1);
  const y = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
  const every = Math.ceil(months.length / 6);
  return (
    <svg class="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.trendChart}>
      {[0, 0.5, 1].map((share) => (
        <g key={String(share)}>
          <line
            class="trend-grid"
            x1={String(LEFT)}
            x2={String(WIDTH - RIGHT)}
            y1={String(y(share))}
            y2={String(y(share))}
          />
          <text class="trend-label" x={String(LEFT - 6)} y={String(y(share) + 4)} text-anchor="end">
            {`${share * 100}%`}
          </text>
        </g>
      ))}
      {months.map((point, index) =>
        index % every === 0 ? (
          <text
            class="trend-label"
            key={point.month}
            x={String(x(index))}
            y={String(HEIGHT - 8)}
            text-anchor={anchorOf(index, months.length)}
          >
            {monthText(point.month)}
          </text>
        ) : null,
      )}
      {figures.verbs.map((verb) => (
        <g class={`trend-line trend-${verb}`} key={verb}>
          <path d={pathOf(figures, verb, x, y)} fill="none" />
          {months.map((point, index) => {
            const { due, onTime } = point.rates[verb];
            return due === 0 ? null : (
              <circle key={point.month} cx={String(x(index))} cy={String(y(onTime / due))} r="3" />
            );
          })}
        </g>
      ))}
    </svg>
  );
};

/** The first and the last month stay within the drawing; the others stand under their points. */
const anchorOf = (index: number, months: number): 'start' | 'middle' | 'end' => {
  if (months === 1) return 'middle';
  return index === 0 ? 'start' : index === months - 1 ? 'end' : 'middle';
};

function pathOf(
  figures: Figures,
  verb: Verb,
  x: (index: number) => number,
  y: (share: number) => number,
): string {
  let path = '';
  let drawing = false;
  for (const [index, point] of figures.trend.entries()) {
    const { due, onTime } = point.rates[verb];
    if (due > 0) path += `${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(onTime / due).toFixed(1)}`;
    drawing = due > 0;
  }
  return path;
}

/** The same numbers as a table. */
export const TrendTable = ({ figures }: { readonly figures: Figures }) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  return (
    <Scroll label={t.trend}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t.month}</th>
            {figures.verbs.map((verb) => (
              <th scope="col" class="number" key={verb}>
                <span class={`key key-${verb}`} aria-hidden="true" />
                {t.verbs[verb]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.trend.map((point) => (
            <tr key={point.month}>
              <th scope="row">{monthText(point.month)}</th>
              {figures.verbs.map((verb) => (
                <td class="number" key={verb}>
                  {ratioText(point.rates[verb], lang)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const monthText = (month: string): string => `${month.slice(5)}/${month.slice(0, 4)}`;
