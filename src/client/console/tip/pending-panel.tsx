/** @jsxImportSource hono/jsx/dom */
import type { Outcome } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { retentionTexts } from '../retention/texts.ts';
import { Go } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';

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
      <h2 id="pending">{texts.pending.title}</h2>
      <p class="small soft">
        {texts.pending.by(
          pending.name === '' ? nameOf(pending.proposedBy) : pending.name,
          timeText(pending.at),
        )}
      </p>
      <dl class="facts">
        <dt>{texts.pending.outcome}</dt>
        <dd class="strong">{words.outcome[pending.outcome as Outcome] ?? pending.outcome}</dd>
        <dt>{texts.pending.documentNumber}</dt>
        <dd>{pending.documentNumber}</dd>
        {pending.mergedInto === null ? null : (
          <>
            <dt>{texts.pending.mergedInto}</dt>
            <dd>
              <Go to={{ page: 'tip', tip: pending.mergedInto }}>{texts.pending.openMerged}</Go>
            </dd>
          </>
        )}
        <dt>{texts.pending.ground}</dt>
        <dd class="words">{pending.ground}</dd>
      </dl>
      {pending.proposedBy === me.staff ? <p>{texts.pending.yours}</p> : null}
      {pending.proven ? null : <p class="mark mark-danger">{texts.pending.unproven}</p>}
    </section>
  );
};
