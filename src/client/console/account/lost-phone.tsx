/** @jsxImportSource hono/jsx/dom */

import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { LanguageButton, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import { AccountField, OwnPassphrase } from './credential-fields.tsx';
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
            <AccountField />
            <OwnPassphrase />
            <TextField
              name="token"
              label={texts.lostPhone.token}
              hint={texts.lostPhone.lead}
              maxlength={60}
            />
            <SubmitRow label={texts.lostPhone.submit} busy={busy} />
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
