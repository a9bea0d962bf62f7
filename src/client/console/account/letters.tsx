/** @jsxImportSource hono/jsx/dom */

import { mayReadTips } from '../../../domain/roles.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson, sendJson } from '../http.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';

const PATH = '/api/staff/contact';

interface Contact {
  readonly email: string;
  readonly confirmed: boolean;
}
interface View {
  readonly available: boolean;
  readonly hours: readonly string[];
  readonly contact: Contact | null;
}

/** Letters at fixed hours to whoever works on tips; not shown where the instance sends none. */
export const Letters = () => {
  const { me } = useDesk();
  return mayReadTips(me.roles) ? <Offer /> : null;
};

const Offer = () => {
  const { texts, lang } = useBase();
  const { tell } = useDesk();
  const { loaded, again } = useLoad(() => getJson<View>(PATH), 'letters');
  const { busy, problem, run } = useAction();
  const then = (work: () => Promise<unknown>, said: string): void =>
    void run(async () => {
      await work();
      await again();
      tell(said);
    });
  const ask = (event: Event): void => {
    const email = readForm(event)('email');
    then(() => sendJson('PUT', PATH, { email, lang }), texts.letters.asked);
  };
  const confirm = (event: Event): void => {
    const code = readForm(event)('code');
    then(() => sendJson('POST', `${PATH}/confirm`, { code }), texts.letters.confirmed);
  };
  const drop = (): void => then(() => sendJson('DELETE', PATH), texts.letters.dropped);

  if (loaded.state !== 'ready') return null;
  const { available, hours, contact } = loaded.value;
  if (!available) return null;
  return (
    <section class="section" aria-labelledby="letters-title">
      <h2 id="letters-title">{texts.letters.title}</h2>
      <p class="page-lead">{texts.letters.lead(hours)}</p>
      <ProblemNotice problem={problem} />
      {contact === null ? (
        <form class="form" onSubmit={ask} autocomplete="off" key="address">
          <TextField
            name="email"
            type="email"
            label={texts.letters.address}
            hint={texts.letters.addressHint}
            maxlength={254}
          />
          <SubmitRow label={texts.letters.send} busy={busy} />
        </form>
      ) : contact.confirmed ? (
        <>
          <p>{texts.letters.goes(contact.email)}</p>
          <div class="buttons">
            <button type="button" class="button" disabled={busy} onClick={drop}>
              {texts.letters.stop}
            </button>
          </div>
        </>
      ) : (
        <form class="form card" onSubmit={confirm} autocomplete="off" key="code">
          <p>{texts.letters.waits(contact.email)}</p>
          <TextField
            name="code"
            label={texts.letters.code}
            inputmode="numeric"
            pattern="[0-9]{6}"
            maxlength={6}
          />
          <SubmitRow label={texts.letters.confirm} busy={busy}>
            <button type="button" class="button button-quiet" disabled={busy} onClick={drop}>
              {texts.letters.other}
            </button>
          </SubmitRow>
        </form>
      )}
    </section>
  );
};
