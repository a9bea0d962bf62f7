/** @jsxImportSource hono/jsx/dom */
import { dayOf, missingYears } from '../../../domain/calendar.ts';
import type { ClockRule } from '../../../domain/clocks.ts';
import type { RunningClock } from '../../../domain/life-cycle-types.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { dueText } from '../format.ts';
import { POLICY } from '../law/rule-line.tsx';
import { Icon } from '../ui/icon.tsx';
import { DueMark, Notice } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';

const Clock = (props: {
  readonly clock: RunningClock;
  readonly rule: ClockRule | undefined;
  /** Years within the clock whose public holidays are not known. */
  readonly missing: readonly number[];
}) => {
  const { lang, texts, words } = useBase();
  const { now } = useDesk();
  const { clock, rule, missing } = props;
  const met = clock.stopped !== null && clock.stopped <= clock.due;
  const policy = rule?.nature === 'policy' ? ` (${texts.clocks.policy})` : '';
  const basis =
    rule === undefined
      ? clock.ruleVersion
      : rule.basis === POLICY
        ? texts.clocks.policy
        : `${rule.basis}${policy}`;
  return (
    <li data-clock={clock.clock} data-runs={clock.stopped === null ? 'yes' : 'no'}>
      <span>
        {words.clock[clock.clock]} <span class="soft">({texts.tip.dueAt(dueText(clock.due, lang))})</span>
        <br />
        <span class="small soft">{basis}</span>
        {missing.length === 0 || clock.stopped !== null ? null : (
          <span class="small mark mark-soon">
            <Icon name="info" />
            {texts.deadlines.unsure(missing.join(', '))}
          </span>
        )}
      </span>
      {clock.stopped === null ? (
        <DueMark due={clock.due} now={now()} />
      ) : (
        <span class={`mark ${met ? 'mark-proven' : 'mark-danger'}`}>
          <Icon name={met ? 'done' : 'broken'} />
          {met ? texts.tip.clockMet : texts.tip.clockMissed}
        </span>
      )}
    </li>
  );
};

/** Every clock of a tip: those that run first, the nearest on top, each with the article that sets it; extension and suspension in words. */
export const ClocksPanel = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts } = useBase();
  const t = texts.clocks;
  const { state } = tip.detail;
  const { rules, calendar } = tip.law;
  const running = state.clocks.filter(({ stopped }) => stopped === null).toSorted((a, b) => a.due - b.due);
  const ended = state.clocks.filter(({ stopped }) => stopped !== null);
  const settle = running.find(({ clock }) => clock === 'settle');
  const list = (clocks: readonly RunningClock[]) => (
    <ul class="clocks">
      {clocks.map((clock, at) => (
        <Clock
          key={`${clock.clock}-${String(at)}`}
          clock={clock}
          rule={rules.rules.find(({ id }) => id === clock.ruleVersion)}
          missing={missingYears(calendar, dayOf(clock.started), dayOf(clock.due))}
        />
      ))}
    </ul>
  );
  return (
    <div class="section">
      {state.overlay === 'suspended' ? <Notice kind="warning" title={t.suspended} /> : null}
      {state.extension > 0 && settle !== undefined ? (
        <p class="small">{t.extended(state.extension, formatDay(lang, dayOf(settle.due)))}</p>
      ) : null}
      <h3>{t.running}</h3>
      {running.length === 0 ? <p class="soft">{t.none}</p> : list(running)}
      {ended.length === 0 ? null : (
        <>
          <h3>{t.ended}</h3>
          {list(ended)}
        </>
      )}
    </div>
  );
};
