import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import type { Challenge } from '../../../ports/challenge.ts';
import { ActionLink, Callout, Foot, Sentences } from './parts.tsx';
import { textsOf } from './texts.ts';

/** What is protected and what is not, both in full. */
export const Anonymity: FC<{ readonly lang: Lang; readonly challenge: Challenge['kind'] }> = (props) => {
  const { lang, challenge } = props;
  const { info, hcaptcha } = textsOf(lang);
  const t = info.anonymity;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <h2>{t.yesTitle}</h2>
      <Sentences items={t.yes} kind="yes" />
      <h2>{t.noTitle}</h2>
      <Sentences items={challenge === 'hcaptcha' ? [hcaptcha.anonymity, ...t.no] : t.no} kind="no" />
      <h2>{t.tipsTitle}</h2>
      <Sentences items={t.tips} />
      <h2>{t.lawTitle}</h2>
      <p>{t.law}</p>
      <Foot lang={lang} here="/anonymity" />
    </>
  );
};

/** A lost code cannot be brought back, and the page says so first. */
export const LostCode: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = textsOf(lang).info.lostCode;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <h2>{t.whyTitle}</h2>
      <p>{t.why}</p>
      <h2>{t.stillTitle}</h2>
      <p>{t.still}</p>
      <h2>{t.doTitle}</h2>
      <Sentences items={t.do} />
      <p class="actions">
        <ActionLink href={localPath(lang, '/mailbox')}>{t.read}</ActionLink>
        <ActionLink href={localPath(lang, '/tip')} quiet>
          {t.send}
        </ActionLink>
      </p>
      <Callout tone="warn" title={t.careTitle}>
        <p>{t.care}</p>
      </Callout>
      <Foot lang={lang} here="/lost-code" />
    </>
  );
};

/** Help for the person who is here: people to talk to now, then a way to write to social support. */
export const Help: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = textsOf(lang).info.help;
  const numbers: readonly (readonly [string, string])[] = [
    ['111', t.numberChild],
    ['115', t.numberMedical],
    ['113', t.numberPolice],
  ];
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <section class="numbers calm" aria-labelledby="numbers-title">
        <h2 id="numbers-title">{t.numbersTitle}</h2>
        <ul>
          {numbers.map(([number, label]) => (
            <li>
              <a class="number" href={`tel:${number}`}>
                <b>{number}</b> <span>{label}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <h2>{t.offerTitle}</h2>
      <Sentences items={t.offer} />
      <h2>{t.notTitle}</h2>
      <p>{t.not}</p>
      <p class="actions">
        <ActionLink href={localPath(lang, '/help/write')}>{t.write}</ActionLink>
      </p>
      <Foot lang={lang} here="/help" />
    </>
  );
};
