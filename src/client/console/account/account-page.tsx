/** @jsxImportSource hono/jsx/dom */

import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson, sendJson } from '../http.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { SessionView } from '../wire.ts';
import { ChangePassphrase } from './change-passphrase.tsx';
import { Letters } from './letters.tsx';

/** My sessions, my passphrase, my key's fingerprint, notices on my desktop, letters. */
export const AccountPage = () => {
  const { texts } = useBase();
  return (
    <>
      <PageHead title={texts.account.title} />
      <Sessions />
      <ChangePassphrase />
      <Notices />
      <Letters />
      <OwnFingerprint />
    </>
  );
};

const Sessions = () => {
  const { texts } = useBase();
  const { tell, logout } = useDesk();
  const { loaded, again } = useLoad(
    () => getJson<{ readonly sessions: readonly SessionView[] }>('/api/staff/sessions'),
    'sessions',
  );
  const { busy, problem, run } = useAction();
  const end = (session: SessionView): void => {
    if (session.current) {
      logout();
      return;
    }
    void run(async () => {
      await sendJson('DELETE', `/api/staff/sessions/${session.id}`);
      await again();
      tell(texts.account.ended);
    });
  };
  return (
    <section class="section" aria-labelledby="sessions">
      <h2 id="sessions">{texts.account.sessions}</h2>
      <p class="page-lead">{texts.account.sessionsLead}</p>
      <ProblemNotice problem={problem} />
      {loaded.state === 'loading' ? <Skeleton lines={3} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? (
        <ul class="people">
          {loaded.value.sessions.map((session) => (
            <li key={session.id}>
              <span class="person">
                <span class="strong">
                  {texts.account.columns.opened} {timeText(session.created)}
                </span>
                <span class="small soft">
                  {texts.account.columns.seen} {timeText(session.lastSeen)} · {texts.account.columns.until}{' '}
                  {timeText(session.expires)}
                </span>
              </span>
              {session.current ? <span class="badge badge-new">{texts.account.current}</span> : null}
              <button
                type="button"
                class="button"
                disabled={busy}
                aria-label={
                  session.current ? texts.frame.logout : texts.account.endOther(timeText(session.created))
                }
                onClick={() => end(session)}
              >
                {session.current ? texts.frame.logout : texts.account.end}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};

const permission = (): NotificationPermission =>
  'Notification' in globalThis ? Notification.permission : 'denied';

const Notices = () => {
  const { texts } = useBase();
  const [state, setState] = useState(permission);
  const allow = (): void => {
    void Notification.requestPermission().then(setState);
  };
  return (
    <section class="section" aria-labelledby="notices">
      <h2 id="notices">{texts.account.notifications}</h2>
      <p class="page-lead">{texts.account.notificationsLead}</p>
      {state === 'default' ? (
        <div class="buttons">
          <button type="button" class="button" onClick={allow}>
            {texts.account.notificationsAllow}
          </button>
        </div>
      ) : (
        <p>{state === 'granted' ? texts.account.notificationsOn : texts.account.notificationsOff}</p>
      )}
    </section>
  );
};

const OwnFingerprint = () => {
  const { texts, vault } = useBase();
  const { loaded } = useLoad(() => vault.ask('fingerprint', {}), 'fingerprint');
  return (
    <section class="section" aria-labelledby="own-fingerprint">
      <h2 id="own-fingerprint">{texts.account.keyFingerprint}</h2>
      <p class="page-lead">{texts.account.keyFingerprintLead}</p>
      {loaded.state === 'ready' ? (
        <Fingerprint text={loaded.value} label={texts.account.keyFingerprint} />
      ) : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
    </section>
  );
};
