/** @jsxImportSource hono/jsx/dom */
import type { TipId } from '../../../domain/ids.ts';
import type { NoCaseGround, SuspensionGround } from '../../../domain/life-cycle-types.ts';
import type { Outcome } from '../../../domain/terms.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { retentionTexts } from '../retention/texts.ts';
import { Go } from '../ui/parts.tsx';
import type { OpenedTip, PendingView } from '../worker/calls.ts';

/** What a proposal says, line by line. */
const useProposal = (tip: OpenedTip, { kind, data }: PendingView): readonly (readonly [string, string])[] => {
  const { lang, law, texts, words } = useBase();
  const t = texts.pending;
  const { documentNumber = '', ground = '', until = '', toUnit, why = '', outcome = '', noCase } = data;
  const { acknowledgedBy } = data;
  const paper = [
    [t.documentNumber, documentNumber],
    [t.ground, ground],
  ] as const;
  const asked =
    toUnit === undefined
      ? []
      : ([[texts.lawForms.procuracy, tip.unitNames[toUnit]?.[lang] ?? toUnit]] as const);
  if (kind === 'extension')
    return [[t.extension(data.number === '2' ? 2 : 1), formatDay(lang, until)], ...asked, ...paper];
  if (kind === 'suspension')
    return [[t.suspension, law.suspensionGround[why as SuspensionGround] ?? why], ...asked, ...paper];
  const left =
    data.violationLeft === 'yes' ? texts.lawForms.violationLeftYes : texts.lawForms.violationLeftNo;
  return [
    [t.outcome, words.outcome[outcome as Outcome] ?? outcome],
    ...(noCase === undefined
      ? []
      : ([
          [texts.lawForms.noCase, law.noCase[noCase as NoCaseGround] ?? noCase],
          [texts.lawForms.violationLeft, left],
        ] as const)),
    ...(acknowledgedBy === undefined ? [] : ([[texts.lawForms.acknowledgedBy, acknowledgedBy]] as const)),
    ...paper,
  ];
};

const Proposal = ({ tip, pending }: { readonly tip: OpenedTip; readonly pending: PendingView }) => {
  const { texts } = useBase();
  const lines = useProposal(tip, pending);
  const { mergedInto } = pending.data;
  return (
    <dl class="facts">
      {lines.map(([name, value]) => (
        <>
          <dt key={`${name}-name`}>{name}</dt>
          <dd key={name} class="words">
            {value}
          </dd>
        </>
      ))}
      {mergedInto === undefined ? null : (
        <>
          <dt>{texts.pending.mergedInto}</dt>
          <dd>
            <Go to={{ page: 'tip', tip: mergedInto as TipId }}>{texts.pending.openMerged}</Go>
          </dd>
        </>
      )}
    </dl>
  );
};

/** The proposal that waits for a second person, exactly as its proposer signed it. */
export const PendingPanel = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts, words } = useBase();
  const { me, nameOf } = useDesk();
  const { pending } = tip;
  const open = tip.detail.state.pending;
  if (open?.kind === 'shredding') {
    const t = retentionTexts(lang);
    return (
      <section class="card pending" aria-labelledby="pending">
        <h2 id="pending">{words.stepDone.shredding_proposed}</h2>
        <p>{open.proposedBy === me.staff ? t.yours : t.waits(nameOf(open.proposedBy))}</p>
        <Go to={{ page: 'retention' }}>{t.title}</Go>
      </section>
    );
  }
  if (pending === null) return null;
  return (
    <section class="card pending" aria-labelledby="pending">
      <h2 id="pending">{texts.pending.titles[pending.kind]}</h2>
      <p class="small soft">
        {texts.pending.by(
          pending.name === '' ? nameOf(pending.proposedBy) : pending.name,
          timeText(pending.at),
        )}
      </p>
      <Proposal tip={tip} pending={pending} />
      {pending.proposedBy === me.staff ? <p>{texts.pending.yours}</p> : null}
      {pending.proven ? null : <p class="mark mark-danger">{texts.pending.unproven}</p>}
    </section>
  );
};
