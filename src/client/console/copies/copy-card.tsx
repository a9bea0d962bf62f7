/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { CopyPictures } from '../pictures/copy-pictures.tsx';
import { openPicture } from '../pictures/look.ts';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedCopy } from '../worker/copy-calls.ts';
import { useBlockName } from './block-editor.tsx';

/** Prints one copy alone: the rest of the page is not on the paper. */
const usePrint = (printing: string | null, onPrinted: () => void): void => {
  useEffect(() => {
    if (printing === null) return undefined;
    const root = document.documentElement;
    root.dataset.print = 'copy';
    addEventListener('afterprint', onPrinted, { once: true });
    print();
    return () => {
      delete root.dataset.print;
      removeEventListener('afterprint', onPrinted);
    };
  }, [printing]);
};

/** Resolves once what was handed to the page is drawn. */
const drawnFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

/** One working copy with its words, and a print that bears who printed it and when. `before` records the print where there is a history for it. */
export const CopyCard = (props: {
  readonly copy: OpenedCopy;
  readonly before: ((watermark: string) => Promise<void>) | null;
  /** True right below the page's own heading. */
  readonly top?: boolean;
}) => {
  const { lang, texts, vault } = useBase();
  const { me, now } = useDesk();
  const nameOf = useBlockName();
  const { busy, problem, run } = useAction();
  const [bitmaps, setBitmaps] = useState<readonly ImageBitmap[] | null>(null);
  const [printing, setPrinting] = useState<string | null>(null);
  const { copy } = props;
  usePrint(printing, () => setPrinting(null));
  const unit = (code: OpenedCopy['unit']): string => copy.unitNames[code]?.[lang] ?? code;
  const showPictures = async (): Promise<void> => {
    if (bitmaps !== null || copy.pictures.length === 0) return;
    const opened: ImageBitmap[] = [];
    for (const picture of copy.pictures)
      opened.push((await openPicture(vault, copy.tip, picture, false)).bitmap);
    setBitmaps(opened);
    await drawnFrame();
  };
  const printIt = (): void =>
    void run(async () => {
      await showPictures();
      const mark = texts.forms.watermark(me.displayName, me.unitName[lang], timeText(now()));
      await props.before?.(mark);
      setPrinting(mark);
    });
  return (
    <article class={printing === null ? 'card copy' : 'card copy copy-printed'}>
      {props.top === true ? <h2>{texts.copies.title(copy.no)}</h2> : <h3>{texts.copies.title(copy.no)}</h3>}
      <p class="small soft">
        {copy.unit === copy.toUnit
          ? texts.copies.by(unit(copy.unit))
          : texts.copies.from(unit(copy.unit), unit(copy.toUnit))}
        {copy.day === '' ? '' : ` · ${formatDay(lang, copy.day)}`}
      </p>
      {printing === null ? null : <p class="strong">{printing}</p>}
      {copy.code === null ? (
        <>
          <p>{copy.purpose}</p>
          {copy.blocks.map((block) => (
            <div class="content-part" key={`${block.field}-${String(block.no)}`}>
              <p class="content-name">{nameOf(block)}</p>
              <p class="words">{block.text}</p>
            </div>
          ))}
          {bitmaps === null ? null : <CopyPictures bitmaps={bitmaps} />}
          <ProblemNotice problem={problem} />
          {busy && bitmaps === null && copy.pictures.length > 0 ? (
            <p class="small soft no-print" role="status">
              {texts.pictures.opening}
            </p>
          ) : null}
          <div class="buttons no-print">
            {copy.pictures.length === 0 || bitmaps !== null ? null : (
              <button type="button" class="button" disabled={busy} onClick={() => void run(showPictures)}>
                {texts.pictures.show(copy.pictures.length)}
              </button>
            )}
            <button type="button" class="button" disabled={busy} onClick={printIt}>
              {texts.copies.print}
            </button>
          </div>
        </>
      ) : (
        <p class="soft">
          {texts.copies.closed} (<code>{copy.code}</code>)
        </p>
      )}
    </article>
  );
};
