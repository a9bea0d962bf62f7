/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { UnitId } from '../../../domain/ids.ts';
import type { LiveEvent } from '../../../domain/live-event.ts';
import { mayManageMembers } from '../../../domain/roles.ts';
import { FOCAL_STAGES, type FocalStage } from '../../../domain/transition-types.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { Go, Notice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';

/** As `GET /api/staff/duties/holes` tells it. */
interface WireHoles {
  readonly own: readonly FocalStage[];
  readonly below: readonly {
    readonly unit: UnitId;
    readonly name: { readonly vi: string; readonly en: string };
    readonly stages: readonly FocalStage[];
  }[];
}

/** Whether somebody may have been named, gone away or come back. */
export const changesDuties = ({ kind }: LiveEvent): boolean =>
  kind === 'unit_changed' || kind === 'holes_changed';

/** For leaders: stages for which nobody named is there, in their unit and right below it. Nothing while there are none. */
export const HoleNotice = () => {
  const { me } = useDesk();
  return mayManageMembers(me.roles) ? <Holes /> : null;
};

const Holes = () => {
  const { lang, texts, words } = useBase();
  const { live } = useDesk();
  const { loaded, again } = useLoad(() => getJson<WireHoles>('/api/staff/duties/holes'), 'holes');
  useEffect(() => live.refetch(changesDuties, again), [live]);
  if (loaded.state !== 'ready') return null;
  const { own, below } = loaded.value;
  if (own.length === 0 && below.length === 0) return null;
  const t = texts.focal;
  const named = (stages: readonly FocalStage[]): string =>
    stages.length === FOCAL_STAGES.length
      ? t.allStages
      : stages.map((stage) => words.focalStage[stage].toLowerCase()).join(', ');
  return (
    <Notice kind="problem">
      {own.length === 0 ? null : (
        <p>
          {t.ownHoles(named(own))} <Go to={{ page: 'focal-points' }}>{t.fill}</Go>
        </p>
      )}
      {below.length === 0 ? null : (
        <details>
          <summary>{t.below(below.length)}</summary>
          <ul class="plain-list">
            {below.map(({ unit, name, stages }) => (
              <li key={unit}>
                {name[lang]}: {named(stages)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  );
};
