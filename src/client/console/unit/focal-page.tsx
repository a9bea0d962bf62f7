/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { dayOf } from '../../../domain/calendar.ts';
import type { Absence, FocalDuty } from '../../../domain/focal.ts';
import { mayManageMembers, mayReadTips } from '../../../domain/roles.ts';
import { FOCAL_STAGES, type FocalStage } from '../../../domain/transition-types.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson, sendJson } from '../http.ts';
import { readForm, SelectField, TextField } from '../ui/fields.tsx';
import { Notice, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';
import { Absences } from './absences.tsx';
import { changesDuties } from './hole-notice.tsx';

/** As `GET /api/staff/duties` tells it. */
interface WireDuties {
  readonly duties: readonly FocalDuty[];
  readonly absences: readonly Absence[];
  readonly holes: readonly FocalStage[];
}

const RANKS = ['active', 'deputy'] as const;

/** Who is answerable for each stage of the work, now and as planned, who stands in, and who is away. */
export const FocalPage = () => {
  const { texts } = useBase();
  const { live, me } = useDesk();
  const { loaded, again } = useLoad(() => getJson<WireDuties>('/api/staff/duties'), 'duties');
  useEffect(() => live.refetch(changesDuties, again), [live]);
  const told = loaded.state === 'ready' ? loaded.value : null;
  return (
    <>
      <PageHead title={texts.focal.title} lead={texts.focal.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {told === null ? null : (
        <>
          <Stages told={told} />
          {mayManageMembers(me.roles) ? <NameForm onDone={again} /> : null}
          <Absences absences={told.absences} onDone={again} />
        </>
      )}
    </>
  );
};

const Stages = ({ told }: { readonly told: WireDuties }) => {
  const { texts, words } = useBase();
  return (
    <section class="section" aria-labelledby="stages">
      <h2 id="stages">{texts.focal.stages}</h2>
      {told.holes.length === 0 ? null : (
        <Notice kind="problem">
          <p>{texts.focal.holes(told.holes.map((stage) => words.focalStage[stage].toLowerCase()))}</p>
        </Notice>
      )}
      <ol class="focal-list">
        {FOCAL_STAGES.map((stage) => (
          <li class="card focal" key={stage}>
            <h3>{words.focalStage[stage]}</h3>
            <dl class="focal-people">
              {RANKS.map((rank) => (
                <Holder told={told} stage={stage} rank={rank} key={rank} />
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
};

const Holder = (props: {
  readonly told: WireDuties;
  readonly stage: FocalStage;
  readonly rank: FocalDuty['rank'];
}) => {
  const { lang, texts } = useBase();
  const { nameOf, now } = useDesk();
  const { told, stage, rank } = props;
  const t = texts.focal;
  const moment = now();
  const named = told.duties.filter((duty) => duty.stage === stage && duty.rank === rank);
  const present = named.find(({ from }) => from <= moment);
  const next = named.find(({ from }) => from > moment);
  const away = told.absences.some(({ staff, from }) => staff === present?.staff && from <= moment);
  return (
    <div>
      <dt>{t.columns[rank]}</dt>
      <dd>
        {present === undefined ? (
          <span class="field-hint">{t.none}</span>
        ) : (
          <span class="strong">{nameOf(present.staff)}</span>
        )}
        {away ? <span class="badge">{t.away}</span> : null}
        {next === undefined ? null : (
          <span class="field-hint">{t.next(nameOf(next.staff), formatDay(lang, dayOf(next.from)))}</span>
        )}
      </dd>
    </div>
  );
};

/** Names somebody for a stage, at once or from a day on. */
const NameForm = ({ onDone }: { readonly onDone: () => Promise<void> }) => {
  const { texts, words } = useBase();
  const { me, now, tell } = useDesk();
  const { busy, problem, run } = useAction();
  const t = texts.focal;
  const today = dayOf(now());
  const people = me.colleagues.filter((person) => mayReadTips(person.roles));
  const submit = (event: Event): void => {
    const read = readForm(event);
    void run(async () => {
      const from = read('from');
      const named = { stage: read('stage'), rank: read('rank'), staff: read('staff') };
      await sendJson('POST', '/api/staff/focal-points', from === today ? named : { ...named, from });
      tell(t.saved);
      await onDone();
    });
  };
  return (
    <form class="form card" onSubmit={submit} autocomplete="off" aria-label={t.name}>
      <h3>{t.name}</h3>
      <SelectField
        name="stage"
        label={t.columns.stage}
        empty={texts.forms.choose}
        options={FOCAL_STAGES.map((stage) => ({ value: stage, label: words.focalStage[stage] }))}
      />
      <SelectField
        name="rank"
        label={t.rank}
        value="active"
        options={RANKS.map((rank) => ({ value: rank, label: t.columns[rank] }))}
      />
      <SelectField
        name="staff"
        label={t.person}
        empty={texts.forms.choose}
        options={people.map((person) => ({ value: person.staff, label: person.displayName }))}
      />
      <TextField name="from" type="date" label={t.from} hint={t.fromHint} value={today} min={today} />
      <ProblemNotice problem={problem} />
      <SubmitRow label={t.save} busy={busy} />
    </form>
  );
};
