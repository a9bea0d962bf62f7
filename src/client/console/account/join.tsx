/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { needsNoStatement } from '../../../domain/roles.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, TextField, Tick } from '../ui/fields.tsx';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { LanguageButton, Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import type { JoinStart } from '../worker/calls.ts';
import { OneTimeKey } from './one-time-key.tsx';

type Stage =
  | { readonly name: 'start' }
  | { readonly name: 'passphrase'; readonly invite: JoinStart }
  | { readonly name: 'code'; readonly invite: JoinStart }
  | { readonly name: 'done'; readonly fingerprint: string; readonly reads: boolean };

/** The token of the address's fragment, which no browser sends to a server; taken out of the address at once. */
const takeToken = (): string => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? location.hash.slice(1);
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  return token;
};

/** An invited person makes their keys here: passphrase shown once, one-time code, and the fingerprint to read aloud. */
export const JoinPage = () => {
  const { texts, vault, lang, go } = useBase();
  const { busy, problem, run, clear } = useAction();
  const [token] = useState(takeToken);
  const [stage, setStage] = useState<Stage>({ name: 'start' });
  useEffect(() => {
    document.title = texts.frame.title;
    document.querySelector('h1')?.focus();
  }, [texts, stage.name]);
  const start = (): void =>
    void run(async () => setStage({ name: 'passphrase', invite: await vault.ask('joinStart', { token }) }));
  const written = (event: Event): void => {
    event.preventDefault();
    if (stage.name === 'passphrase') setStage({ name: 'code', invite: stage.invite });
  };
  const finish = (event: Event): void => {
    const read = readForm(event);
    const input = { passphrase: read('again'), code: read('code') };
    const reads = stage.name === 'code' && !needsNoStatement(stage.invite.roles);
    void run(async () => setStage({ name: 'done', reads, ...(await vault.ask('joinFinish', input)) }));
  };
  const again = (): void => {
    clear();
    if (stage.name === 'code') setStage({ name: 'passphrase', invite: stage.invite });
  };
  return (
    <main class="door">
      <div class="door-card">
        <div class="section">
          <p class="brand-name">TinKín</p>
          <h1 tabindex={-1}>{stage.name === 'done' ? texts.join.done : texts.join.title}</h1>
          {stage.name === 'passphrase' || stage.name === 'code' ? (
            <p>{texts.join.hello(stage.invite.displayName, stage.invite.unitName[lang])}</p>
          ) : null}
        </div>
        <ProblemNotice problem={problem} />
        {token === '' ? (
          <Notice kind="problem">
            <p>{texts.join.noToken}</p>
          </Notice>
        ) : null}
        {stage.name === 'start' && token !== '' ? (
          <div class="section">
            <p class="soft">{texts.join.lead}</p>
            <div class="buttons">
              <button type="button" class="button button-main" disabled={busy} onClick={start}>
                {texts.join.start}
              </button>
            </div>
          </div>
        ) : null}
        {stage.name === 'passphrase' ? (
          <form class="form" onSubmit={written}>
            <dl class="facts">
              <dt>{texts.login.account}</dt>
              <dd class="strong">{stage.invite.account}</dd>
            </dl>
            <p>{texts.join.passphraseLead}</p>
            <p class="secret" id="fresh-passphrase">
              {stage.invite.passphrase}
            </p>
            <Tick name="written" label={texts.join.written} required />
            <div class="buttons">
              <button type="submit" class="button button-main">
                {texts.frame.next}
              </button>
            </div>
          </form>
        ) : null}
        {stage.name === 'code' ? (
          <form class="form" onSubmit={finish} autocomplete="off">
            <h2>{texts.join.totp}</h2>
            <p>{texts.join.totpLead}</p>
            <OneTimeKey uri={stage.invite.uri} secret={stage.invite.secret} />
            <TextField
              name="code"
              label={texts.join.code}
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={8}
              class="input-code"
            />
            <TextField name="again" label={texts.join.passphraseAgain} maxlength={256} />
            <SubmitRow label={texts.join.finish} busy={busy} working={texts.join.making}>
              <button type="button" class="button button-quiet" onClick={again}>
                {texts.frame.back}
              </button>
            </SubmitRow>
          </form>
        ) : null}
        {stage.name === 'done' ? (
          <div class="section">
            <p>{stage.reads ? texts.join.doneLead : texts.join.doneWithoutTips}</p>
            <Fingerprint text={stage.fingerprint} label={texts.members.fingerprint} />
            <div class="buttons">
              <button type="button" class="button button-main" onClick={() => go({ page: 'day' })}>
                {texts.join.toLogin}
              </button>
            </div>
          </div>
        ) : null}
        <div class="door-foot">
          <LanguageButton />
        </div>
      </div>
    </main>
  );
};
