/** @jsxImportSource hono/jsx/dom */

import type { Hash } from '../../../domain/ids.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, TextArea, Tick } from '../ui/fields.tsx';
import { Go, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { RetentionWish } from '../worker/retention-calls.ts';
import { retentionTexts } from './texts.ts';
import type { DueTip } from './wire.ts';

type Ask = 'approve' | 'refuse';

/** One tip whose time is over: what it was, on which ground it goes, and the one step that is next. */
export const DueCard = (props: {
  readonly row: DueTip;
  readonly audited: Hash | null;
  readonly onDone: () => Promise<void>;
}) => {
  const { lang, words, vault, errors } = useBase();
  const { me, nameOf, tell } = useDesk();
  const { busy, problem, run, clear } = useAction();
  const [asking, setAsking] = useState<Ask | null>(null);
  const t = retentionTexts(lang);
  const { row, audited } = props;
  const mine = row.pending?.proposedBy === me.staff;
  const take = (wish: RetentionWish, said: string): Promise<void> =>
    run(async () => {
      const { cleared } = await vault.ask('retain', wish);
      setAsking(null);
      tell(wish.kind === 'approve' && !cleared ? t.shreddedSoon : said);
      await props.onDone();
    });
  const close = (): void => {
    setAsking(null);
    clear();
  };
  const submit = (event: Event): void => {
    const read = readForm(event);
    if (asking === 'approve') void take({ tip: row.tip, kind: 'approve' }, t.shredded);
    else void take({ tip: row.tip, kind: 'refuse', reason: read('reason') }, t.refused);
  };
  const canPropose = row.pending === null && row.uncovered === null && audited !== null;
  return (
    <article class="card" aria-label={row.registerNumber ?? row.tip}>
      <h2>{row.registerNumber === null ? t.noNumber : t.number(row.registerNumber)}</h2>
      <dl class="facts">
        <dt>{t.outcome}</dt>
        <dd>{words.outcome[row.outcome]}</dd>
        <dt>{t.resolved}</dt>
        <dd>{formatDay(lang, row.resolvedDay)}</dd>
        <dt>{t.rule}</dt>
        <dd>
          <span lang="vi">{row.rule.basis}</span>
        </dd>
      </dl>
      {row.pending === null ? null : (
        <p class="strong">{mine ? t.yours : t.waits(nameOf(row.pending.proposedBy))}</p>
      )}
      {row.uncovered === null ? null : <p class="soft">{errors[row.uncovered]}</p>}
      {asking === null ? <ProblemNotice problem={problem} /> : null}
      <div class="buttons">
        {canPropose && audited !== null ? (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() =>
              void take({ tip: row.tip, kind: 'propose', rule: row.rule.id, audited }, t.proposed)
            }
          >
            {t.propose}
          </button>
        ) : null}
        {row.pending !== null && !mine ? (
          <button type="button" class="button button-danger" onClick={() => setAsking('approve')}>
            {t.approve}
          </button>
        ) : null}
        {row.pending === null ? null : (
          <button type="button" class="button" onClick={() => setAsking('refuse')}>
            {mine ? t.takeBack : t.refuse}
          </button>
        )}
        <Go to={{ page: 'tip', tip: row.tip }} class="button button-quiet">
          {t.open}
        </Go>
      </div>
      {canPropose ? <p class="small soft">{words.consequence.shredding_asked}</p> : null}
      {asking === null ? null : (
        <Dialog title={asking === 'approve' ? t.sure : mine ? t.takeBack : t.refuse} onClose={close}>
          <form onSubmit={submit}>
            <p>{asking === 'approve' ? words.consequence.words_gone : words.consequence.words_stay}</p>
            {asking === 'approve' ? (
              <Tick name="understood" label={t.understood} required />
            ) : (
              <TextArea name="reason" label={t.reason} rows={3} maxlength={ACT_LIMITS.reason} />
            )}
            <ProblemNotice problem={problem} />
            <SubmitRow
              label={asking === 'approve' ? t.approve : mine ? t.takeBack : t.refuse}
              busy={busy}
              kind={asking === 'approve' ? 'danger' : 'main'}
            >
              <Cancel onClose={close} />
            </SubmitRow>
          </form>
        </Dialog>
      )}
    </article>
  );
};

const Cancel = ({ onClose }: { readonly onClose: () => void }) => {
  const { texts } = useBase();
  return (
    <button type="button" class="button button-quiet" onClick={onClose}>
      {texts.frame.cancel}
    </button>
  );
};
