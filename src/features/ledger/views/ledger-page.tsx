import type { FC } from 'hono/jsx';
import { dayOf, startOfDay } from '../../../domain/calendar.ts';
import { common as commonEn } from '../../../i18n/en/common.ts';
import { ledger as en } from '../../../i18n/en/ledger.ts';
import { fill, formatDay, formatNumber, type InBoth, type Lang, localPath } from '../../../i18n/index.ts';
import { common } from '../../../i18n/vi/common.ts';
import { ledger as vi } from '../../../i18n/vi/ledger.ts';

const TEXTS: InBoth<typeof vi> = { vi, en };
const COMMON: InBoth<typeof common> = { vi: common, en: commonEn };

/** Texts of the page about the log. */
export const ledgerTexts = (lang: Lang): typeof vi => TEXTS[lang];

/** What the page shows of the log. */
export interface ShownLog {
  /** Public address of the service, as commands name it. */
  readonly site: string;
  readonly origin: string;
  /** UTC seconds at which it took the place of a former log; null for a first one. */
  readonly renewed: number | null;
  readonly vkey: string;
  /** Seconds between two checkpoints. */
  readonly cadence: number;
  /** The demonstration's own witness is no other agency. */
  readonly demo: boolean;
  readonly now: number;
  /** Null before the first. */
  readonly newest: { readonly size: number; readonly root: string; readonly at: number } | null;
  readonly witnesses: readonly { readonly name: string; readonly signed: boolean }[];
  readonly former: readonly string[];
}

interface Props {
  readonly lang: Lang;
  readonly log: ShownLog;
}

/** Late is what is two rounds behind: one may be under way, or have waited for a witness. */
const LATE_ROUNDS = 3;

/** What the log is, how it stands, who watches it, and how a stranger checks it. Needs no script. */
export const LedgerPage: FC<Props> = ({ lang, log }) => {
  const t = ledgerTexts(lang);
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Newest lang={lang} log={log} />
      <div class="two">
        <section>
          <h2>{t.holdsTitle}</h2>
          <Sentences kind="yes" items={t.holds} />
        </section>
        <section>
          <h2>{t.lacksTitle}</h2>
          <Sentences kind="no" items={t.lacks} />
        </section>
      </div>
      <Witnesses lang={lang} log={log} />
      <Check lang={lang} log={log} />
      {log.former.length === 0 ? null : (
        <section>
          <h2>{t.formerTitle}</h2>
          <p>{t.formerText}</p>
          {log.renewed === null ? null : <p>{fill(t.renewed, { at: momentOf(lang, log.renewed) })}</p>}
          <p>{t.formerNames}</p>
          <ul class="sentences">
            {log.former.map((name) => (
              <li class="bytes">{name}</li>
            ))}
          </ul>
        </section>
      )}
      <Foot lang={lang} />
    </>
  );
};

const Sentences: FC<{ readonly kind: string; readonly items: readonly string[] }> = ({ kind, items }) => (
  <ul class={`sentences ${kind}`}>
    {items.map((item) => (
      <li>{item}</li>
    ))}
  </ul>
);

const Newest: FC<Props> = ({ lang, log }) => {
  const t = ledgerTexts(lang);
  const { newest, witnesses } = log;
  if (newest === null)
    return (
      <section>
        <h2>{t.newestTitle}</h2>
        <p>{t.none}</p>
      </section>
    );
  const every = spanOf(lang, log.cadence);
  const signed = witnesses.filter((one) => one.signed).length;
  return (
    <section>
      <h2>{t.newestTitle}</h2>
      <p class="hint">{t.newestHint}</p>
      {log.now - newest.at <= LATE_ROUNDS * log.cadence ? null : (
        <div class="callout warn">
          <p class="callout-title">{t.late}</p>
          <p>{fill(t.lateText, { every })}</p>
        </div>
      )}
      <dl class="log-facts">
        <Fact name={t.at} value={momentOf(lang, newest.at)} />
        <Fact name={t.size} value={formatNumber(lang, newest.size)} hint={t.sizeHint} />
        <Fact name={t.signers} value={`${signed}/${witnesses.length}`} />
        <Fact name={t.every} value={every} />
        <Fact name={t.origin} value={log.origin} bytes />
        <Fact name={t.root} value={newest.root} bytes />
      </dl>
    </section>
  );
};

const Fact: FC<{
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  readonly bytes?: boolean;
}> = ({ name, value, hint, bytes }) => (
  <div>
    <dt>{name}</dt>
    <dd class={bytes === true ? 'bytes' : undefined}>
      {value}
      {hint === undefined ? null : <span class="hint">{hint}</span>}
    </dd>
  </div>
);

const Witnesses: FC<Props> = ({ lang, log }) => {
  const t = ledgerTexts(lang);
  return (
    <section>
      <h2>{t.witnessTitle}</h2>
      <p>{log.witnesses.length === 0 ? t.witnessNone : t.witnessText}</p>
      {log.witnesses.length === 0 ? null : (
        <ul class="log-witnesses">
          {log.witnesses.map(({ name, signed }) => (
            <li class={signed ? 'signed' : undefined}>
              <b class="bytes">{name}</b>
              {log.newest === null ? null : <span> {signed ? t.signed : t.notSigned}</span>}
            </li>
          ))}
        </ul>
      )}
      {log.demo && log.witnesses.length > 0 ? <p class="hint">{t.witnessDemo}</p> : null}
    </section>
  );
};

const Check: FC<Props> = ({ lang, log }) => {
  const t = ledgerTexts(lang);
  const links: readonly (readonly [string, string])[] = [
    ['/ledger/checkpoint', t.newest],
    ['/ledger/log', t.facts],
    ['/ledger/directory/1', t.directory],
  ];
  return (
    <section>
      <h2>{t.checkTitle}</h2>
      <ul class="sentences">
        <li>{t.checkCitizen}</li>
        <li>{t.checkAuditor}</li>
        <li>{t.checkAnybody}</li>
      </ul>
      <p>{t.keep}</p>
      {log.newest === null ? null : (
        <ul class="log-links">
          {links.map(([path, label]) => (
            <li>
              <a class="alone" href={path}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <h3>{t.keyTitle}</h3>
      <p class="bytes">{log.vkey}</p>
      <p class="hint">{t.keyHint}</p>
      <h3>{t.toolsTitle}</h3>
      {log.newest === null ? null : (
        <>
          <p>{t.tools}</p>
          {commandsFor(log).map((line) => (
            <pre class="log-command bytes">{line}</pre>
          ))}
        </>
      )}
      <p class="hint">{t.manual}</p>
    </section>
  );
};

const Foot: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = COMMON[lang];
  const pages: readonly (readonly [string, string])[] = [
    ['/tip', t.pageSend],
    ['/mailbox', t.pageRead],
    ['/help/tip', t.pageAboutTip],
    ['/anonymity', t.pageAnonymity],
  ];
  return (
    <footer class="foot">
      <nav aria-label={t.pages}>
        <ul>
          {pages.map(([path, label]) => (
            <li>
              <a href={localPath(lang, path)}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="hint">{t.noTraces}</p>
    </footer>
  );
};

/** A span of seconds in the largest unit that fits it whole. */
function spanOf(lang: Lang, seconds: number): string {
  const t = ledgerTexts(lang);
  if (seconds % 3600 === 0) return fill(t.hours, { n: seconds / 3600 });
  if (seconds % 60 === 0) return fill(t.minutes, { n: seconds / 60 });
  return fill(t.seconds, { n: seconds });
}

/** Day and minute in UTC+7. */
const momentOf = (lang: Lang, at: number): string =>
  fill(ledgerTexts(lang).atText, { time: timeOf(at), day: formatDay(lang, dayOf(at)) });

/** Keeps a checkpoint, and on another day lets the reader's own tool say that the log goes on from it (docs/ledger.md). */
const commandsFor = ({ site, vkey }: ShownLog): readonly string[] => [
  `curl -s ${site}/ledger/checkpoint > kept`,
  `./check-log ${site} '${vkey}' kept`,
];

/** Time of the day in UTC+7. */
function timeOf(at: number): string {
  const minutes = Math.floor((at - startOfDay(dayOf(at))) / 60);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
