/** @jsxImportSource hono/jsx/dom */

import { mayManageMembers } from '../../../domain/roles.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { PageHead, ProblemNotice, Progress, Skeleton } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { MemberView, UnitView } from '../worker/calls.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { Invite } from './invite.tsx';
import { LostPhones } from './lost-phones.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { useUnit } from './use-unit.ts';

/** Who can read the unit's tips; inviting, comparing keys, signing, removing. */
export const MembersPage = () => {
  const { texts } = useBase();
  const { me } = useDesk();
  const { loaded, again } = useUnit();
  const leads = mayManageMembers(me.roles);
  return (
    <>
      <PageHead title={texts.members.title} lead={texts.members.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? <People unit={loaded.value} again={again} /> : null}
      {leads ? <Invite onInvited={() => void again()} /> : null}
      {leads ? <LostPhones members={loaded.state === 'ready' ? loaded.value.members : []} /> : null}
    </>
  );
};

const People = ({ unit, again }: { readonly unit: UnitView; readonly again: () => Promise<void> }) => {
  const { texts } = useBase();
  const [comparing, setComparing] = useState<MemberView | null>(null);
  const [removing, setRemoving] = useState<MemberView | null>(null);
  const [changing, setChanging] = useState<MemberView | null>(null);
  const list = (people: readonly MemberView[]) => (
    <ul class="people">
      {people.map((person) => (
        <Person
          person={person}
          key={person.staff}
          onCompare={() => setComparing(person)}
          onRemove={() => setRemoving(person)}
          onChange={() => setChanging(person)}
        />
      ))}
    </ul>
  );
  const present = unit.members.filter((person) => person.state !== 'removed');
  const gone = unit.members.filter((person) => person.state === 'removed');
  return (
    <>
      {unit.below.length === 0 ? null : (
        <section class="section" aria-labelledby="to-cosign">
          <h2 id="to-cosign">{texts.members.toCosign}</h2>
          {list(unit.below)}
        </section>
      )}
      <section class="section" aria-labelledby="members">
        <h2 id="members">{texts.members.list}</h2>
        {present.length === 0 ? <p class="empty">{texts.members.nothing}</p> : list(present)}
        <MissingKeys members={unit.members} again={again} />
        {gone.length === 0 ? null : (
          <details>
            <summary>
              {texts.members.status.removed} ({gone.length})
            </summary>
            {list(gone)}
          </details>
        )}
      </section>
      {comparing === null ? null : (
        <CompareDialog person={comparing} onClose={() => setComparing(null)} onSigned={again} />
      )}
      {removing === null ? null : (
        <RemoveDialog person={removing} onClose={() => setRemoving(null)} onRemoved={again} />
      )}
      {changing === null ? null : (
        <RolesDialog person={changing} onClose={() => setChanging(null)} onSigned={again} />
      )}
    </>
  );
};

const Person = (props: {
  readonly person: MemberView;
  readonly onCompare: () => void;
  readonly onRemove: () => void;
  readonly onChange: () => void;
}) => {
  const { texts, words } = useBase();
  const { person } = props;
  const waiting = {
    leaving: { text: texts.members.remove, open: props.onRemove },
    changing: { text: texts.members.cosignRoles, open: props.onChange },
    keys: { text: texts.members.compare, open: props.onCompare },
  }[person.state === 'leaving' || person.state === 'changing' ? person.state : 'keys'];
  return (
    <li>
      <span class="person">
        <span class="strong">{person.displayName}</span>
        <span class="small soft">
          {person.account} · {person.roles.map((role) => words.role[role]).join(', ')}
        </span>
        {person.nextRoles === null ? null : (
          <span class="small mark-soon">
            {texts.members.rolesNew}: {person.nextRoles.map((role) => words.role[role]).join(', ')}
          </span>
        )}
        {person.missing === 0 ? null : (
          <span class="small mark-soon">{texts.epochs.missing(person.displayName, person.missing)}</span>
        )}
      </span>
      <span class={person.state === 'active' ? 'badge' : 'badge badge-new'}>
        {texts.members.status[person.state]}
      </span>
      <span class="buttons">
        {person.mySignature ? (
          <button
            type="button"
            class="button button-main"
            aria-label={`${waiting.text}: ${person.displayName}`}
            onClick={waiting.open}
          >
            {waiting.text}
          </button>
        ) : null}
        {person.changeable ? (
          <button
            type="button"
            class="button"
            aria-label={`${texts.members.changeRoles}: ${person.displayName}`}
            onClick={props.onChange}
          >
            {texts.members.changeRoles}
          </button>
        ) : null}
        {person.removable ? (
          <button
            type="button"
            class="button button-danger"
            aria-label={`${texts.members.remove}: ${person.displayName}`}
            onClick={props.onRemove}
          >
            {texts.members.remove}
          </button>
        ) : null}
      </span>
    </li>
  );
};

/** Gives every proven member the unit's keys that they lack. */
export const MissingKeys = (props: {
  readonly members: readonly MemberView[];
  readonly again: () => Promise<void>;
}) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [progress, setProgress] = useState({ done: 0, total: 0 });
  if (!props.members.some((person) => person.missing > 0)) return null;
  const give = (): void =>
    void run(async () => {
      const { count } = await vault.ask('wrapMissing', {}, (done, total) => setProgress({ done, total }));
      await props.again();
      tell(texts.members.wrapped(count));
    });
  return (
    <div class="section">
      <p class="page-lead">{texts.members.wrapLead}</p>
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <button type="button" class="button button-main" disabled={busy} onClick={give}>
          {texts.epochs.wrapAll}
        </button>
      </div>
      {busy ? <Progress label={texts.members.wrap} done={progress.done} total={progress.total} /> : null}
    </div>
  );
};
