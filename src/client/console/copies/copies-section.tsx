/** @jsxImportSource hono/jsx/dom */
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedTip } from '../worker/calls.ts';
import type { OpenedCopy } from '../worker/copy-calls.ts';
import { CopyCard } from './copy-card.tsx';
import { CopyEditor } from './editor.tsx';

/** Working copies of the tip: what may be passed on of it. Lists them when asked, because each look is written down. */
export const CopiesSection = ({
  tip,
  again,
}: {
  readonly tip: OpenedTip;
  readonly again: () => Promise<void>;
}) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [open, setOpen] = useState(false);
  const [copies, setCopies] = useState<readonly OpenedCopy[] | null>(null);
  const { detail } = tip;
  if (tip.content === null || detail.access !== 'holder') return null;
  const count = tip.history.filter(({ type }) => type === 'copy_made').length;
  const list = (): Promise<void> =>
    run(async () => setCopies(await vault.ask('copies', { tip: detail.tip })));
  const close = (): void => {
    setOpen(false);
    requestAnimationFrame(() => document.getElementById('make-copy')?.focus());
  };
  const record = async (watermark: string): Promise<void> => {
    await vault.ask('step', { tip: detail.tip, act: { step: 'printed', watermark } });
    await again();
  };
  return (
    <section class="section tip-later" aria-labelledby="copies">
      <h2 id="copies">{texts.copies.heading}</h2>
      <p class="soft no-print">{texts.copies.lead}</p>
      {open ? (
        <CopyEditor
          tip={tip}
          onClose={close}
          onMade={async (no) => {
            close();
            tell(texts.copies.made(no));
            await list();
            await again();
          }}
        />
      ) : (
        <div class="buttons no-print">
          {detail.stage === 'submitted' ? null : (
            <button type="button" class="button" id="make-copy" onClick={() => setOpen(true)}>
              {texts.copies.make}
            </button>
          )}
          {count === 0 || copies !== null ? null : (
            <button type="button" class="button button-quiet" disabled={busy} onClick={() => void list()}>
              {texts.copies.show(count)}
            </button>
          )}
        </div>
      )}
      <ProblemNotice problem={problem} />
      {(copies ?? []).map((copy) => (
        <CopyCard copy={copy} before={record} key={String(copy.no)} />
      ))}
    </section>
  );
};
