import { raw } from 'hono/html';
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import { textsOf } from './texts.ts';

/** The two emergency numbers, large enough for a shaking thumb. */
export const EmergencyNumbers: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = textsOf(lang).common;
  return (
    <section class="numbers" aria-labelledby="numbers-title">
      <h2 id="numbers-title">{t.emergencyTitle}</h2>
      <ul>
        <NumberLink number="113" label={t.emergencyPolice} call={t.call('113')} />
        <NumberLink number="111" label={t.emergencyChild} call={t.call('111')} />
      </ul>
      <p class="hint">{t.emergencyNote}</p>
    </section>
  );
};

const NumberLink: FC<{ readonly number: string; readonly label: string; readonly call: string }> = (
  props,
) => (
  <li>
    <a class="number" href={`tel:${props.number}`}>
      <span class="visually-hidden">{props.call}: </span>
      <b aria-hidden="true">{props.number}</b>
      <span>{props.label}</span>
    </a>
  </li>
);

/** A list of plain sentences. */
export const Sentences: FC<{ readonly items: readonly string[]; readonly kind?: 'yes' | 'no' | 'steps' }> = ({
  items,
  kind,
}) => {
  const lines = items.map((item) => <li>{item}</li>);
  return kind === 'steps' ? (
    <ol class="steps-list">{lines}</ol>
  ) : (
    <ul class={`sentences ${kind ?? ''}`}>{lines}</ul>
  );
};

/** A boxed remark. `tone` is told by its words too, never by colour alone. */
export const Callout: FC<
  PropsWithChildren<{
    readonly tone: 'warn' | 'danger' | 'calm';
    readonly title: string;
    readonly id?: string;
  }>
> = ({ tone, title, id, children }) => (
  <div class={`callout ${tone}`} id={id}>
    <p class="callout-title">{title}</p>
    {children}
  </div>
);

/** Links to the other pages; at the foot of every page of this feature. */
export const Foot: FC<{ readonly lang: Lang; readonly here: string }> = ({ lang, here }) => {
  const t = textsOf(lang).common;
  const pages: readonly (readonly [string, string])[] = [
    ['/tip', t.pageSend],
    ['/mailbox', t.pageRead],
    ['/help', t.pageHelp],
    ['/help/tip', t.pageAboutTip],
    ['/anonymity', t.pageAnonymity],
    ['/lost-code', t.pageLostCode],
    ['/ledger', t.pageLedger],
  ];
  return (
    <footer class="foot">
      <nav aria-label={t.pages}>
        <ul>
          {pages
            .filter(([path]) => path !== here)
            .map(([path, label]) => (
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

/** A link that looks like the page's main action. */
export const ActionLink: FC<{ readonly href: string; readonly children: Child; readonly quiet?: boolean }> = (
  props,
) => (
  <a class={props.quiet === true ? 'button quiet' : 'button'} href={props.href}>
    {props.children}
  </a>
);

/** What the server tells the page's script. It cannot end the element it stands in. */
export const PageData: FC<{ readonly id: string; readonly data: object }> = ({ id, data }) => (
  <script type="application/json" id={id}>
    {raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}
  </script>
);
