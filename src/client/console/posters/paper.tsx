/** @jsxImportSource hono/jsx/dom */
import { consolePosterEn } from '../../../i18n/en/console-poster.ts';
import type { InBoth, Lang } from '../../../i18n/index.ts';
import { consolePosterVi } from '../../../i18n/vi/console-poster.ts';
import { drawQr } from '../account/qr.ts';

const TEXTS: InBoth<typeof consolePosterVi> = { vi: consolePosterVi, en: consolePosterEn };

/** Texts of the posters' page and of the paper, each in its own language. */
export const posterTexts = (lang: Lang): typeof consolePosterVi => TEXTS[lang];

/** What stands on the paper besides its fixed words. */
export interface PaperFacts {
  readonly lang: Lang;
  /** Name of the unit in that language. */
  readonly unit: string;
  readonly origin: string;
  /** Empty where there is none. */
  readonly hotline: string;
  readonly onion: string;
}

const bare = (origin: string): string => origin.replace(/^https?:\/\//, '');

const Code = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { side, path } = drawQr(text);
  return (
    <svg class="paper-qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
};

/** A poster: what it is, where, what protects. */
export const Poster = (facts: PaperFacts) => {
  const t = posterTexts(facts.lang).poster;
  return (
    <article class="paper paper-a4" lang={facts.lang}>
      <h2 class="paper-title">{t.title}</h2>
      <p class="paper-lead">{t.lead}</p>
      <div class="paper-where">
        <Code text={facts.origin} label={t.noTracking} />
        <div>
          <p>{t.scan}</p>
          <p class="paper-address">{bare(facts.origin)}</p>
          {facts.hotline === '' ? null : (
            <>
              <p>{t.hotline}</p>
              <p class="paper-number">{facts.hotline}</p>
            </>
          )}
          {facts.onion === '' ? null : (
            <>
              <p>{t.onion}</p>
              <p class="paper-onion">{facts.onion}</p>
            </>
          )}
          <p class="paper-note">{t.noTracking}</p>
        </div>
      </div>
      <h3 class="paper-part">{t.protectTitle}</h3>
      <ul class="paper-list">
        {t.protect.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p class="paper-care">
        <strong>{t.careTitle}.</strong> {t.care}
      </p>
      <p class="paper-care">{t.help}</p>
      <p class="paper-emergency">{t.emergency}</p>
      <p class="paper-unit">{facts.unit}</p>
    </article>
  );
};

const CARDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Ten cards to be cut from one sheet; a reader hears of one. */
export const Cards = (facts: PaperFacts) => {
  const t = posterTexts(facts.lang).poster;
  return (
    <article class="paper paper-cards" lang={facts.lang}>
      {CARDS.map((card) => (
        <section class="paper-card" key={String(card)} aria-hidden={card === 1 ? undefined : 'true'}>
          <p class="card-title">{t.cardTitle}</p>
          <div class="card-body">
            <Code text={facts.origin} label={t.noTracking} />
            <div>
              <p class="card-address">{bare(facts.origin)}</p>
              {facts.hotline === '' ? null : (
                <p>
                  {t.hotline}
                  <br />
                  <strong>{facts.hotline}</strong>
                </p>
              )}
              <p>{t.cardLine}</p>
            </div>
          </div>
          <p class="card-emergency">{t.emergency}</p>
        </section>
      ))}
    </article>
  );
};
