/** @jsxImportSource hono/jsx/dom */
import { drawQr } from '../account/qr.ts';
import type { HotlineTexts } from './texts.ts';

/** The seven groups of a code. */
export const groupsOf = (code: string): readonly string[] => code.match(/\d{1,4}/g) ?? [];

/** What is printed for somebody at the counter: the code, the plain address, how to keep it; nothing of what they told. */
export const Slip = ({ code, texts }: { readonly code: string; readonly texts: HotlineTexts }) => {
  const t = texts.slip;
  const address = `${location.origin}/mailbox`;
  const { side, path } = drawQr(address);
  return (
    <section class="slip" aria-label={t.title}>
      <p class="slip-title">{t.title}</p>
      <p>{t.lead}</p>
      <ol class="slip-code">
        {groupsOf(code).map((group, at) => (
          <li key={`${at}-${group}`}>{group}</li>
        ))}
      </ol>
      <p class="small">{t.checks}</p>
      <div class="slip-where">
        <svg class="slip-qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={t.qr}>
          <path d={path} />
        </svg>
        <div>
          <p>{t.where}</p>
          <p class="strong">{address.replace(/^https?:\/\//, '')}</p>
          <p>{t.change}</p>
        </div>
      </div>
      <p>{t.keep}</p>
    </section>
  );
};
