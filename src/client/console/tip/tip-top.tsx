/** @jsxImportSource hono/jsx/dom */
import { focalStageOf } from '../../../domain/focal.ts';
import { isUrgentTip } from '../../../domain/priority.ts';
import { useBase, useDesk } from '../context.ts';
import { dueIn, hourText } from '../format.ts';
import { conductName } from '../pages/rows.tsx';
import { Icon } from '../ui/icon.tsx';
import { DueMark } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import { ClocksPanel } from './clocks-panel.tsx';

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

/** The top of a tip: who is answerable, what is due, where it stands, how it was sealed. */
export const TipTop = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts, words } = useBase();
  const { now } = useDesk();
  const { detail } = tip;
  const { state } = detail;
  const t = texts.answering;
  const { answering } = detail;
  const work = focalStageOf({ stage: state.stage, overlay: state.overlay, pending: state.pending !== null });
  const since = Math.max(tip.since ?? 0, answering.since);
  const long = dueIn(since, now());
  const named = () => {
    if (answering.as === 'nobody') return t.nobody;
    const as = t.as[answering.as];
    const duty =
      answering.as === 'active' || answering.as === 'deputy' ? t.stage(as, words.focalStage[work]) : as;
    return `${answering.name ?? ''} (${duty})${since === 0 ? '' : `, ${t.for(t.long[long.unit](long.amount))}`}`;
  };
  const fact = (name: string, value: unknown) => (
    <div class="tip-fact">
      <span class="tip-fact-name">{name}</span>
      <span class="strong">{value as string}</span>
    </div>
  );
  const staged = dueIn(tip.since, now());
  const here = tip.since === null ? '' : `, ${t.for(t.long[staged.unit](staged.amount))}`;
  const transfer = state.transferTo;
  return (
    <section class="section" aria-label={t.title}>
      <div class="tip-top">
        {fact(t.title, named())}
        <div class="tip-fact">
          <span class="tip-fact-name">{texts.tip.dueNext}</span>
          <DueMark due={detail.due} now={now()} />
        </div>
        {fact(
          texts.tip.stage,
          // A transfer has a fact of its own.
          state.overlay === 'none' || state.overlay === 'transfer_sent'
            ? `${words.stage[detail.stage]}${here}`
            : `${words.stage[detail.stage]}${here} · ${words.overlay[state.overlay]}`,
        )}
        {detail.reached.length === 0
          ? null
          : fact(
              texts.reached.title,
              detail.reached
                .map(({ clock, level }) => `${words.clock[clock]}: ${texts.reached.mark(level)}`)
                .join(' · '),
            )}
        {fact(texts.tip.received, hourText(detail.t0, lang))}
        {fact(texts.tip.holder, tip.unitNames[detail.unit]?.[lang] ?? detail.unit)}
        {transfer === null
          ? null
          : fact(words.overlay.transfer_sent, tip.unitNames[transfer]?.[lang] ?? transfer)}
      </div>
      <Badges tip={tip} />
      <details>
        <summary>{texts.tip.clocks}</summary>
        <ClocksPanel tip={tip} />
      </details>
    </section>
  );
};
