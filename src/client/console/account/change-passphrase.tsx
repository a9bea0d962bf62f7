/** @jsxImportSource hono/jsx/dom */

import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import { PassphraseField } from './credential-fields.tsx';

/** A new passphrase: made by the computer, shown once, typed again before it counts. */
export const ChangePassphrase = () => {
  const { texts, vault } = useBase();
  const { tell, refresh } = useDesk();
  const { busy, problem, run, clear } = useAction();
  const [fresh, setFresh] = useState<string | null>(null);
  const [different, setDifferent] = useState(false);
  const make = (): void => void run(async () => setFresh(await vault.ask('newPassphrase', {})));
  const stop = (): void => {
    clear();
    setFresh(null);
    setDifferent(false);
  };
  const change = (event: Event): void => {
    const read = readForm(event);
    const same = read('confirm').toLowerCase().replaceAll(/\s+/g, ' ') === fresh;
    setDifferent(!same);
    if (fresh === null || !same) return;
    const input = { old: read('old'), fresh };
    void run(async () => {
      await vault.ask('changePassphrase', input);
      await refresh();
      setFresh(null);
      tell(texts.account.changed);
    });
  };
  return (
    <section class="section" aria-labelledby="passphrase-title">
      <h2 id="passphrase-title">{texts.account.passphrase}</h2>
      <p class="page-lead">{texts.account.passphraseLead}</p>
      <ProblemNotice problem={problem} />
      {fresh === null ? (
        <div class="buttons">
          <button type="button" class="button" disabled={busy} onClick={make}>
            {texts.account.make}
          </button>
        </div>
      ) : (
        <form class="form card" onSubmit={change} autocomplete="off">
          <h3>{texts.account.fresh}</h3>
          <p>{texts.account.freshLead}</p>
          <p class="secret" id="fresh-passphrase">
            {fresh}
          </p>
          <TextField
            name="confirm"
            label={texts.account.confirm}
            maxlength={256}
            problem={different ? texts.account.different : undefined}
          />
          <PassphraseField name="old" label={texts.account.old} />
          <SubmitRow label={texts.account.change} busy={busy} working={texts.login.working}>
            <button type="button" class="button button-quiet" onClick={stop}>
              {texts.frame.cancel}
            </button>
          </SubmitRow>
        </form>
      )}
    </section>
  );
};
