/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import type { Lang } from '../../../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/parts.tsx';
import type { NewCall } from './call.ts';
import type { CallDesk } from './desk.ts';
import { groupsOf, Slip } from './slip.tsx';
import type { HotlineTexts } from './texts.ts';

/** One job: the caller gets the code. It leaves with "read back" or "hung up". */
export const CodePanel = (props: {
  readonly call: NewCall;
  readonly desk: CallDesk;
  readonly texts: HotlineTexts;
  readonly lang: Lang;
  /** True after the first Escape. */
  readonly hangingUp: boolean;
}) => {
  const { call, desk, texts, lang } = props;
  const t = texts.code;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (call.state.name !== 'code') return null;
  const { code, nameVi, nameEn, logged } = call.state;
  const groups = groupsOf(code);
  return (
    <section class="call-code" aria-labelledby="code-title">
      <h2 id="code-title" tabindex={-1} ref={heading}>
        {t.title}
      </h2>
      <p class="mark mark-proven">
        <Icon name="sealed" />
        {t.sealedFor(lang === 'vi' ? nameVi : nameEn)}
      </p>
      {logged ? null : <p class="small soft">{t.notCompared}</p>}
      {code === '' ? (
        <Notice kind="warning">
          <p>{t.lost}</p>
        </Notice>
      ) : (
        <>
          <ol class="code-groups" id="call-code">
            {groups.map((group, at) => (
              <li key={`${at}-${group}`} aria-label={`${t.group(at + 1)}: ${[...group].join(' ')}`}>
                {at === groups.length - 1 ? (
                  <>
                    {group.slice(0, 2)}
                    <span class="code-check">{group.slice(2)}</span>
                  </>
                ) : (
                  group
                )}
              </li>
            ))}
          </ol>
          <p class="small soft">{t.checks}</p>
          <p class="read-aloud-text">{texts.say.goodbye}</p>
        </>
      )}
      <div class="buttons">
        {code === '' ? null : (
          <>
            <button type="button" class="button button-main" onClick={() => void desk.readBack(call.id)}>
              {t.done} <kbd>Enter</kbd>
            </button>
            <button type="button" class="button" onClick={() => print()}>
              {t.print} <kbd>P</kbd>
            </button>
          </>
        )}
        <button type="button" class="button" onClick={() => void desk.hungUp(call.id)}>
          {t.hungUp} <kbd>Esc Esc</kbd>
        </button>
      </div>
      <p class="small soft" role="status">
        {props.hangingUp ? t.escAgain : t.hungUpHint}
      </p>
      {code === '' ? null : <Slip code={code} texts={texts} />}
    </section>
  );
};
