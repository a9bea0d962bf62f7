/** @jsxImportSource hono/jsx/dom */
import { mayReadTips } from '../../../domain/roles.ts';
import { FOCAL_STAGES, type FocalStage } from '../../../domain/transition-types.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson, sendJson } from '../http.ts';
import { SelectField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { WireUnit } from '../wire.ts';

type Rank = 'active' | 'deputy';

/** Who is answerable for each stage of the work, and who stands in. */
export const FocalPage = () => {
  const { texts, words } = useBase();
  const { me, tell } = useDesk();
  const { loaded, again } = useLoad(() => getJson<WireUnit>('/api/staff/members'), 'focal');
  const { busy, problem, run } = useAction();
  const people = me.colleagues.filter((person) => mayReadTips(person.roles));
  const holder = (stage: FocalStage, rank: Rank): string =>
    loaded.state === 'ready'
      ? (loaded.value.focal.find((point) => point.stage === stage && point.rank === rank)?.staff ?? '')
      : '';
  const change = (stage: FocalStage, rank: Rank, staff: string): void => {
    if (staff === '') return;
    void run(async () => {
      await sendJson('POST', '/api/staff/focal-points', { stage, rank, staff });
      await again();
      tell(texts.focal.saved);
    });
  };
  const field = (stage: FocalStage, rank: Rank) => (
    <SelectField
      name={`${stage}-${rank}`}
      label={texts.focal.columns[rank]}
      {...(holder(stage, rank) === '' ? { empty: texts.focal.none } : {})}
      value={holder(stage, rank)}
      required={false}
      options={people.map((person) => ({ value: person.staff, label: person.displayName }))}
      onChange={(staff) => change(stage, rank, staff)}
    />
  );
  return (
    <>
      <PageHead title={texts.focal.title} lead={texts.focal.lead} />
      <ProblemNotice problem={problem} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? (
        <div class="section" aria-busy={busy ? 'true' : 'false'}>
          {FOCAL_STAGES.map((stage) => (
            <section class="card focal" key={stage} aria-labelledby={`stage-${stage}`}>
              <h2 id={`stage-${stage}`}>{words.focalStage[stage]}</h2>
              <div class="filters">
                {field(stage, 'active')}
                {field(stage, 'deputy')}
              </div>
            </section>
          ))}
        </div>
      ) : null}
    </>
  );
};
