/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { LanguageButton, Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { Me } from '../wire.ts';
import { AccountField, OwnPassphrase } from './credential-fields.tsx';
import { LostPhone } from './lost-phone.tsx';

/** The door: name, passphrase, one-time code. */
export const LoginPage = (props: {
  readonly why: 'fresh' | 'expired' | 'left';
  readonly onEnter: (me: Me) => void;
}) => {
  const { texts, vault } = useBase();
  const { busy, problem, run } = useAction();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    document.title = texts.frame.title;
  }, [texts]);
  if (lost) return <LostPhone onBack={() => setLost(false)} />;
  const submit = (event: Event): void => {
    const read = readForm(event);
    const form = event.currentTarget as HTMLFormElement;
    const input = { account: read('account'), passphrase: read('passphrase'), code: read('code') };
    void run(async () => {
      const me = await vault.ask('login', input).catch((error: unknown) => {
        const code = form.elements.namedItem('code');
        if (code instanceof HTMLInputElement) code.value = '';
        throw error;
      });
      form.reset();
      props.onEnter(me);
    });
  };
  return (
    <main class="door">
      <div class="door-card">
        <div class="section">
          <p class="brand-name">TinKín</p>
          <h1>{texts.login.title}</h1>
          <p class="soft">{texts.login.lead}</p>
        </div>
        {props.why === 'fresh' ? null : (
          <Notice kind="info">
            <p>{props.why === 'expired' ? texts.login.expired : texts.login.left}</p>
          </Notice>
        )}
        {'WebAssembly' in globalThis ? null : (
          <Notice kind="problem">
            <p>{texts.login.noWasm}</p>
          </Notice>
        )}
        <ProblemNotice problem={problem} />
        <form class="form" onSubmit={submit} autocomplete="off">
          <AccountField />
          <OwnPassphrase />
          <TextField
            name="code"
            label={texts.login.code}
            hint={texts.login.codeHint}
            autocomplete="one-time-code"
            inputmode="numeric"
            maxlength={8}
            class="input-code"
          />
          <SubmitRow label={texts.login.submit} busy={busy} working={texts.login.working} />
        </form>
        <div class="door-foot">
          <button type="button" class="button button-quiet" onClick={() => setLost(true)}>
            {texts.login.lostPhone}
          </button>
          <LanguageButton />
        </div>
      </div>
    </main>
  );
};
