/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase } from '../context.ts';
import { sendJson } from '../http.ts';
import { readForm } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { LanguageButton, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { Me } from '../wire.ts';
import { OwnPassphrase } from './credential-fields.tsx';

/** The session lives, the keys are gone: the passphrase opens them again. */
export const LockedPage = (props: {
  readonly me: Me;
  readonly onEnter: (me: Me) => void;
  readonly onLeave: (why: 'expired' | 'left') => void;
}) => {
  const { texts, vault } = useBase();
  const { busy, problem, run } = useAction();
  useEffect(() => document.getElementById('passphrase')?.focus(), []);
  const submit = (event: Event): void => {
    const form = event.currentTarget as HTMLFormElement;
    const passphrase = readForm(event)('passphrase');
    void run(async () => {
      const me = await vault.ask('unlock', { passphrase });
      form.reset();
      props.onEnter(me);
    });
  };
  const leave = (): void => {
    void sendJson('POST', '/api/staff/logout').then(
      () => props.onLeave('left'),
      () => props.onLeave('left'),
    );
  };
  return (
    <main class="door">
      <div class="door-card">
        <div class="section">
          <p class="brand-name">TinKín</p>
          <h1 class="mark">
            <Icon name="lock" />
            {texts.locked.title}
          </h1>
          <p class="strong">{texts.locked.who(props.me.displayName)}</p>
          <p class="soft">{texts.locked.lead}</p>
        </div>
        <ProblemNotice problem={problem} />
        <form class="form" onSubmit={submit} autocomplete="off">
          <OwnPassphrase />
          <SubmitRow label={texts.locked.submit} busy={busy} working={texts.login.working} />
        </form>
        <div class="door-foot">
          <button type="button" class="button button-quiet" onClick={leave}>
            {texts.locked.other}
          </button>
          <LanguageButton />
        </div>
      </div>
    </main>
  );
};
