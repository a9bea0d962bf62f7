/** @jsxImportSource hono/jsx/dom */

import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { LanguageButton, ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import { PassphraseField } from './login.tsx';
import { OneTimeKey } from './one-time-key.tsx';

/** Somebody whose phone was replaced by two colleagues fetches their new one-time-code key, with passphrase and token. */
export const LostPhone = ({ onBack }: { readonly onBack: () => void }) => {
  const { texts, vault } = useBase();
  const { busy, problem, run } = useAction();
  const [shown, setShown] = useState<{ readonly uri: string; readonly secret: string } | null>(null);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const input = { account: read('account'), passphrase: read('passphrase'), token: read('token') };
    void run(async () => setShown(await vault.ask('fetchSecondFactor', input)));
  };
  return (
    <main class="door">
      <div class="door-card">
        <div class="section">
          <h1>{texts.lostPhone.title}</h1>
          <p class="soft">{shown === null ? texts.login.lostPhoneLead : texts.lostPhone.done}</p>
        </div>
        <ProblemNotice problem={problem} />
        {shown === null ? (
          <form class="form" onSubmit={submit} autocomplete="off">
            <TextField name="account" label={texts.login.account} autocomplete="username" maxlength={64} />
            <PassphraseField
              name="passphrase"
              label={texts.login.passphrase}
              hint={texts.login.passphraseHint}
            />
            <TextField
              name="token"
              label={texts.lostPhone.token}
              hint={texts.lostPhone.lead}
              maxlength={60}
            />
            <div class="buttons">
              <button type="submit" class="button button-main" disabled={busy}>
                {texts.lostPhone.submit}
              </button>
            </div>
          </form>
        ) : (
          <OneTimeKey uri={shown.uri} secret={shown.secret} />
        )}
        <div class="door-foot">
          <button type="button" class="button" onClick={onBack}>
            {shown === null ? texts.frame.back : texts.join.toLogin}
          </button>
          <LanguageButton />
        </div>
      </div>
    </main>
  );
};
