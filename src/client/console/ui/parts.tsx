/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';
import { otherLang } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { type DueLevel, dueIn } from '../format.ts';
import type { Problem } from '../http.ts';
import { hrefOf, type Route } from '../router.ts';
import { Icon, type IconName } from './icon.tsx';

/** A link to a page of the console: an ordinary address, followed without loading anything. */
export const Go = (props: {
  readonly to: Route;
  readonly class?: string;
  readonly current?: boolean;
  readonly label?: string;
  /** A row of the page's list: j and k move between rows. */
  readonly row?: boolean;
  readonly children?: Child;
}) => {
  const { lang, go } = useBase();
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    go(props.to);
  };
  return (
    <a
      href={hrefOf(props.to, lang)}
      class={props.class}
      aria-current={props.current === true ? 'page' : undefined}
      aria-label={props.label}
      data-row={props.row === true ? 'yes' : undefined}
      onClick={follow}
    >
      {props.children}
    </a>
  );
};

const NOTICE_ICONS: Readonly<Record<'info' | 'problem' | 'warning' | 'proven', IconName>> = {
  info: 'info',
  problem: 'overdue',
  warning: 'info',
  proven: 'done',
};

/** A sentence or two that must be seen. A problem is read out at once. */
export const Notice = (props: {
  readonly kind: 'info' | 'problem' | 'warning' | 'proven';
  readonly title?: string;
  readonly children?: Child;
}) => (
  <div class={`notice notice-${props.kind}`} role={props.kind === 'problem' ? 'alert' : undefined}>
    <Icon name={NOTICE_ICONS[props.kind]} />
    <div class="notice-body">
      {props.title === undefined ? null : <p class="strong">{props.title}</p>}
      {props.children}
    </div>
  </div>
);

/** What went wrong, in the reader's language, and the code for whoever helps them. Nothing when nothing did. */
export const ProblemNotice = ({ problem }: { readonly problem: Problem | null }) => {
  const { lang, texts, errors } = useBase();
  if (problem === null) return null;
  const own = texts.problems[problem.code as keyof typeof texts.problems];
  const sentence = own ?? problem.sentence?.[lang] ?? errors[problem.code] ?? texts.frame.problemUnknown;
  return (
    <Notice kind="problem">
      <p>{sentence}</p>
      {problem.retryAfter === undefined ? null : <p>{texts.frame.retryAfter(problem.retryAfter)}</p>}
      <p class="small soft">
        {texts.frame.problemCode}: <code>{problem.code}</code>
        {problem.field === undefined ? null : ` (${problem.field})`}
      </p>
    </Notice>
  );
};

/** Grey lines where text will be, so that nothing jumps when it comes. */
export const Skeleton = ({ lines }: { readonly lines: number }) => {
  const { texts } = useBase();
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{texts.frame.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div class="skeleton-line" key={String(index)} />
      ))}
    </div>
  );
};

const DUE_ICON: Readonly<Record<DueLevel, IconName>> = {
  overdue: 'overdue',
  soon: 'soon',
  later: 'later',
  none: 'none',
};

/** How a deadline stands: word, shape and colour together. */
export const DueMark = ({ due, now }: { readonly due: number | null; readonly now: number }) => {
  const { texts } = useBase();
  const standing = dueIn(due, now);
  return (
    <span class={`mark mark-${standing.level}`}>
      <Icon name={DUE_ICON[standing.level]} />
      {texts.due(standing)}
    </span>
  );
};

/** A heading that takes the focus when the page opens, with what stands beside it. */
export const PageHead = (props: {
  readonly title: string;
  readonly lead?: string;
  readonly children?: Child;
}) => (
  <header class="section">
    <div class="page-head">
      <h1 tabindex={-1}>{props.title}</h1>
      {props.children}
    </div>
    {props.lead === undefined ? null : <p class="page-lead">{props.lead}</p>}
  </header>
);

/** Work that is long shows how far it is and what is being done. */
export const Progress = (props: {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}) => (
  <div class="progress" role="status">
    <span>{props.label}</span>
    <progress value={props.done} max={Math.max(1, props.total)} aria-label={props.label} />
  </div>
);

/** A wide table scrolls by itself, by keyboard too. */
export const Scroll = (props: { readonly label: string; readonly children?: Child }) => (
  <section class="table-scroll" aria-label={props.label} tabindex={0}>
    {props.children}
  </section>
);

/** Speaks the other language from here on, without losing what is open. */
export const LanguageButton = () => {
  const { lang, speak } = useBase();
  const other = otherLang(lang);
  return (
    <button type="button" class="button button-quiet" lang={other} onClick={() => speak(other)}>
      {other === 'en' ? 'English' : 'Tiếng Việt'}
    </button>
  );
};
