/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { CopiesSection } from '../copies/copies-section.tsx';
import { useState } from '../hooks.ts';
import { queueRoute } from '../router.ts';
import { Go, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { OpenedTip } from '../worker/calls.ts';
import { Actions, type OnDone } from './actions.tsx';
import { ContentSection } from './content-section.tsx';
import { Conversation } from './conversation.tsx';
import { Form03, type Paper } from './form-03.tsx';
import { HistorySection } from './history-section.tsx';
import { PendingPanel } from './pending-panel.tsx';
import { TipTop } from './tip-top.tsx';
import { Watermark } from './watermark.tsx';

/** One tip is one page: who answers for it and what is due; what I may do; content; conversation; history with its proofs. */
export const TipPage = ({ tip }: { readonly tip: TipId }) => {
  const { texts, vault, go } = useBase();
  const { live, tell, recount } = useDesk();
  const { loaded, again } = useLoad(() => vault.ask('open', { tip }), tip);
  const [printing, setPrinting] = useState<{ readonly watermark: string; readonly paper: Paper } | null>(
    null,
  );
  useEffect(() => live.refetch((event) => event.kind === 'changed' && event.tip === tip, again), [live, tip]);
  const done: OnDone = async (sentence, { watermark, paper, gone }) => {
    recount();
    if (gone === true) {
      go(
        loaded.state === 'ready' && loaded.value.detail.access === 'over'
          ? { page: 'outside' }
          : queueRoute('incoming_transfer'),
      );
      tell(sentence);
      return;
    }
    await again();
    tell(sentence);
    document.querySelector<HTMLElement>('main h1')?.focus();
    scrollTo(0, 0);
    if (watermark !== undefined) setPrinting({ watermark, paper: paper ?? 'page' });
  };
  if (loaded.state === 'loading')
    return (
      <>
        <PageHead title={texts.tip.title} />
        <Skeleton lines={10} />
      </>
    );
  if (loaded.state === 'failed')
    return (
      <>
        <PageHead title={texts.tip.title} />
        <ProblemNotice problem={loaded.problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => void again()}>
            {texts.frame.retry}
          </button>
        </div>
      </>
    );
  return (
    <WholeTip
      tip={loaded.value}
      onDone={done}
      again={again}
      printing={printing}
      onPrinted={() => setPrinting(null)}
    />
  );
};

const WholeTip = (props: {
  readonly tip: OpenedTip;
  readonly onDone: OnDone;
  readonly again: () => Promise<void>;
  readonly printing: { readonly watermark: string; readonly paper: Paper } | null;
  readonly onPrinted: () => void;
}) => {
  const { texts } = useBase();
  const { list } = useDesk();
  const { tip } = props;
  const number = tip.detail.registerNumber;
  return (
    <>
      {props.printing === null ? null : props.printing.paper === 'page' ? (
        <Watermark text={props.printing.watermark} onPrinted={props.onPrinted} />
      ) : (
        <Form03
          tip={tip}
          watermark={props.printing.watermark}
          words={props.printing.paper === 'form-03-words'}
          onPrinted={props.onPrinted}
        />
      )}
      <PageHead title={number === null ? texts.tip.unnumbered : texts.tip.titleNumber(number)}>
        <Go to={list} class="back no-print">
          {texts.frame.back}
        </Go>
      </PageHead>
      <TipTop tip={tip} />
      <div class="tip-columns">
        <div class="tip-body">
          <PendingPanel tip={tip} />
          <ContentSection tip={tip} />
          {tip.detail.state.shredded === true ? null : (
            <>
              <Conversation tip={tip} />
              <CopiesSection tip={tip} again={props.again} />
            </>
          )}
          <HistorySection tip={tip} />
        </div>
        <aside class="tip-side" aria-label={texts.tip.actions}>
          <Actions tip={tip} onDone={props.onDone} />
        </aside>
      </div>
    </>
  );
};
