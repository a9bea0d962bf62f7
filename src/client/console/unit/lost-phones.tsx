/** @jsxImportSource hono/jsx/dom */

import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson, sendJson } from '../http.ts';
import { readForm, SelectField } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { SecondFactorProposal } from '../wire.ts';
import type { MemberView } from '../worker/calls.ts';

/** Replacing a lost phone: one leader proposes, another person agrees, and the colleague fetches a new key with the token. */
export const LostPhones = (props: {
  readonly members: readonly Pick<MemberView, 'staff' | 'displayName' | 'state'>[];
}) => {
  const { texts } = useBase();
  const { me, nameOf } = useDesk();
  const { loaded, again } = useLoad(
    () => getJson<{ readonly proposals: readonly SecondFactorProposal[] }>('/api/staff/second-factor'),
    'second-factor',
  );
  const { busy, problem, run } = useAction();
  const [token, setToken] = useState<{ readonly token: string; readonly account: string } | null>(null);
  const proposals = loaded.state === 'ready' ? loaded.value.proposals : [];
  const propose = (event: Event): void => {
    const staff = readForm(event)('lostStaff');
    void run(async () => {
      await sendJson('POST', '/api/staff/second-factor/propose', { staff });
      await again();
    });
  };
  const approve = (id: number): void =>
    void run(async () => {
      setToken(await sendJson('POST', `/api/staff/second-factor/${id}/approve`));
      await again();
    });
  const helped = props.members.filter(
    ({ state, staff }) => (state === 'active' || state === 'changing') && staff !== me.staff,
  );
  return (
    <section class="section" aria-labelledby="lost-phone">
      <h2 id="lost-phone">{texts.members.lostPhone}</h2>
      <p class="page-lead">{texts.members.lostPhoneLead}</p>
      <ProblemNotice problem={problem} />
      {token === null ? null : (
        <Notice kind="proven" title={token.account}>
          <p>{texts.members.lostPhoneToken}</p>
          <p>
            <code id="phone-token">{token.token}</code>
          </p>
        </Notice>
      )}
      {proposals.length === 0 ? null : (
        <ul class="people">
          {proposals.map((proposal) => (
            <li key={String(proposal.id)}>
              <span class="person">
                <span class="strong">{proposal.displayName}</span>
                <span class="small soft">{texts.members.lostPhoneWaiting(nameOf(proposal.proposedBy))}</span>
              </span>
              {proposal.mine ? null : (
                <button
                  type="button"
                  class="button button-main"
                  disabled={busy}
                  aria-label={`${texts.members.lostPhoneApprove}: ${proposal.displayName}`}
                  onClick={() => approve(proposal.id)}
                >
                  {texts.members.lostPhoneApprove}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <form class="filters" onSubmit={propose}>
        <SelectField
          name="lostStaff"
          label={texts.members.name}
          empty={texts.forms.choose}
          options={helped.map((person) => ({ value: person.staff, label: person.displayName }))}
        />
        <button type="submit" class="button" disabled={busy}>
          {texts.members.lostPhoneAsk}
        </button>
      </form>
    </section>
  );
};
