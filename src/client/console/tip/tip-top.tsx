/** @jsxImportSource hono/jsx/dom */
import { isUrgentTip } from '../../../domain/priority.ts';
import type { Stage } from '../../../domain/terms.ts';
import type { FocalStage } from '../../../domain/transition-types.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText, timeText } from '../format.ts';
import { conductName } from '../pages/rows.tsx';
import { Icon } from '../ui/icon.tsx';
import { DueMark } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';

/** Whose focal point is answerable at a stage while nobody is assigned. */
const FOCAL: Readonly<Record<Stage, FocalStage>> = {
  submitted: 'intake',
  received: 'classification',
  classified: 'verification',
  assigned: 'verification',
  verifying: 'verification',
  resolved: 'answer',
  notified: 'answer',
  archived: 'answer',
};

const Badges = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts, words } = useBase();
  const { conducts } = useDesk();
  const { detail } = tip;
  return (
    <div class="tip-badges">
      {isUrgentTip(detail) ? (
        <span class="badge badge-urgent">
          <Icon name="bell" />
          {texts.queue.urgent}
        </span>
      ) : null}
      <span class="badge">{words.priority[detail.priority]}</span>
      <span class="badge" title={words.assuranceHint[detail.assurance]}>
        <Icon name={detail.assurance === 'e2ee' ? 'sealed' : 'info'} />
        {words.assurance[detail.assurance]}
      </span>
      <span class="badge">{conductName(detail, lang, conducts, words.conductGroup)}</span>
      {detail.legalKind === null ? null : <span class="badge">{words.legalKind[detail.legalKind]}</span>}
      {detail.outcome === null ? null : <span class="badge badge-new">{words.outcome[detail.outcome]}</span>}
    </div>
  );
};

const Clocks = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts, words } = useBase();
  const { now } = useDesk();
  const at = now();
  return (
    <ul class="clocks">
      {tip.detail.state.clocks.map((clock, index) => (
        <li key={`${clock.clock}-${String(index)}`}>
          <span>
            {words.clock[clock.clock]}{' '}
            <span class="small soft">({texts.tip.dueAt(timeText(clock.due))})</span>
          </span>
          {clock.stopped === null ? (
            <DueMark due={clock.due} now={at} />
          ) : (
            <span class={`mark ${clock.stopped <= clock.due ? 'mark-proven' : 'mark-danger'}`}>
              <Icon name={clock.stopped <= clock.due ? 'done' : 'broken'} />
              {clock.stopped <= clock.due ? texts.tip.clockMet : texts.tip.clockMissed}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

/** The top of a tip: who is answerable, what is due, where it stands, how it was sealed. */
export const TipTop = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts, words } = useBase();
  const { focalOf, me, nameOf, now } = useDesk();
  const { detail } = tip;
  const focal = detail.unit === me.unit ? focalOf(FOCAL[detail.stage]) : null;
  const answerable = detail.assignee ?? focal;
  const fact = (name: string, value: unknown) => (
    <div class="tip-fact">
      <span class="tip-fact-name">{name}</span>
      <span class="strong">{value as string}</span>
    </div>
  );
  const transfer = detail.state.transferTo;
  return (
    <section class="section" aria-label={texts.tip.answerable}>
      <div class="tip-top">
        {fact(texts.tip.answerable, answerable === null ? texts.tip.nobody : nameOf(answerable))}
        <div class="tip-fact">
          <span class="tip-fact-name">{texts.tip.dueNext}</span>
          <DueMark due={detail.due} now={now()} />
        </div>
        {fact(texts.tip.stage, words.stage[detail.stage])}
        {fact(texts.tip.received, hourText(detail.t0, lang))}
        {fact(texts.tip.holder, tip.unitNames[detail.unit]?.[lang] ?? detail.unit)}
        {transfer === null
          ? null
          : fact(words.overlay.transfer_sent, tip.unitNames[transfer]?.[lang] ?? transfer)}
      </div>
      <Badges tip={tip} />
      <details>
        <summary>{texts.tip.clocks}</summary>
        <Clocks tip={tip} />
      </details>
    </section>
  );
};
