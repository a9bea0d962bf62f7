import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import { EmergencyNumbers, Foot, Sentences } from './parts.tsx';
import { textsOf } from './texts.ts';

/** The first page: emergency numbers before anything else, then the three doors, then what may be expected. */
export const Home: FC<{ readonly lang: Lang; readonly provinces: readonly string[] }> = ({
  lang,
  provinces,
}) => {
  const t = textsOf(lang).home;
  return (
    <>
      <EmergencyNumbers lang={lang} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ul class="doors">
        <Door href={localPath(lang, '/tip')} title={t.sendTitle} text={t.sendText} main />
        <Door href={localPath(lang, '/mailbox')} title={t.readTitle} text={t.readText} />
        <Door href={localPath(lang, '/help')} title={t.helpTitle} text={t.helpText} />
      </ul>
      <p class="serves">
        {t.servesTitle} <b>{provinces.join(', ')}</b>.
      </p>
      <section aria-labelledby="anon">
        <h2 id="anon">{t.anonTitle}</h2>
        <div class="two">
          <div>
            <h3>{t.anonYes}</h3>
            <Sentences items={t.anonYesItems} kind="yes" />
          </div>
          <div>
            <h3>{t.anonNo}</h3>
            <Sentences items={t.anonNoItems} kind="no" />
          </div>
        </div>
        <p>
          <a class="alone" href={localPath(lang, '/anonymity')}>
            {t.anonMore}
          </a>
        </p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{t.howTitle}</h2>
        <Sentences items={t.how} kind="steps" />
      </section>
      <Foot lang={lang} here="/" />
    </>
  );
};

const Door: FC<{
  readonly href: string;
  readonly title: string;
  readonly text: string;
  readonly main?: boolean;
}> = (props) => (
  <li>
    <a class={props.main === true ? 'door main' : 'door'} href={props.href}>
      <b>{props.title}</b>
      <span>{props.text}</span>
    </a>
  </li>
);
