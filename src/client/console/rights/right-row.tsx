/** @jsxImportSource hono/jsx/dom */
import { dayNumber, dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import type { SettlementRight } from '../../../domain/settlement.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';

/** Days left from which the end is told. */
const SOON = 60;

/** Where a right stands at a moment, in words. */
const standing = (right: SettlementRight, now: Seconds): 'notYet' | 'ended' | 'holds' => {
  if (right.until !== null && right.until <= now) return 'ended';
  return right.from > now ? 'notYet' : 'holds';
};

/** One assignment: to whom, for what, by which paper, how long. */
export const RightRow = (props: {
  readonly right: SettlementRight;
  readonly name: string;
  readonly now: Seconds;
  readonly onEnd?: () => void;
}) => {
  const { lang, texts, words } = useBase();
  const t = texts.rights;
  const { right, now } = props;
  const state = standing(right, now);
  // `until` is the first second after the last day.
  const last = right.until === null ? null : dayOf((right.until - 1) as Seconds);
  const left = last === null ? null : dayNumber(last) - dayNumber(dayOf(now));
  const from = formatDay(lang, dayOf(right.from));
  return (
    <li class="card">
      <p class="strong">{props.name}</p>
      <p class="small">
        {t.grades[right.grade]} · {right.document}
      </p>
      <p class="small soft">{right.legalKinds.map((kind) => words.legalKind[kind]).join(', ')}</p>
      <p class="small">
        {last === null ? t.since(from) : t.fromTo(from, formatDay(lang, last))}
        {state === 'holds' && left !== null && left <= SOON ? (
          <>
            {' '}
            <span class="badge">{t.ends(left)}</span>
          </>
        ) : null}
        {state === 'holds' ? null : (
          <>
            {' '}
            <span class="badge">{t[state]}</span>
          </>
        )}
      </p>
      {state === 'ended' || props.onEnd === undefined ? null : (
        <button type="button" class="button button-quiet" onClick={props.onEnd}>
          {t.end}
        </button>
      )}
    </li>
  );
};
