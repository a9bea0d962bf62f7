/** @jsxImportSource hono/jsx/dom */

import { fold } from '../../../domain/places.ts';
import { FOCAL_STAGES } from '../../../domain/transition-types.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { MissingYears } from '../law/missing-years.tsx';
import { TextField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { AdminUnit } from '../wire.ts';

const PAGE = 50;

/** The administrator's list of units, found by name without marks. */
export const UnitsPage = () => {
  const { lang, texts, words } = useBase();
  const { loaded } = useLoad(
    () => getJson<{ readonly units: readonly AdminUnit[] }>('/api/staff/admin/units'),
    'units',
  );
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(PAGE);
  const all = loaded.state === 'ready' ? loaded.value.units : [];
  const names = new Map(all.map((unit) => [unit.code, lang === 'vi' ? unit.nameVi : unit.nameEn]));
  const wanted = fold(typed);
  const found = all.filter(
    (unit) => wanted === '' || fold(`${unit.nameVi} ${unit.nameEn} ${unit.code}`).includes(wanted),
  );
  const columns = texts.admin.unitsColumns;
  return (
    <>
      <PageHead title={texts.admin.unitsTitle} lead={texts.admin.unitsLead} />
      <MissingYears />
      <TextField
        name="search"
        label={texts.admin.search}
        required={false}
        class="input-short"
        onInput={setTyped}
      />
      {loaded.state === 'loading' ? <Skeleton lines={8} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? (
        <Scroll label={texts.admin.unitsTitle}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{columns.name}</th>
                <th scope="col">{columns.code}</th>
                <th scope="col">{columns.kind}</th>
                <th scope="col">{columns.parent}</th>
                <th scope="col">{columns.focal}</th>
                <th scope="col">{columns.epochs}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map((unit) => (
                <tr key={unit.code}>
                  <th scope="row">{names.get(unit.code)}</th>
                  <td>
                    <code>{unit.code}</code>
                  </td>
                  <td>{words.unitKind[unit.kind]}</td>
                  <td>{unit.parent === null ? '–' : (names.get(unit.parent) ?? unit.parent)}</td>
                  <td>{texts.admin.stages(unit.stagesFilled, FOCAL_STAGES.length)}</td>
                  <td>{texts.admin.weeks(unit.epochsAhead)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
      <div class="rows-more">
        <span class="small soft" role="status">
          {texts.admin.found(found.length)}
        </span>
        {found.length > shown ? (
          <button type="button" class="button" onClick={() => setShown(shown + PAGE)}>
            {texts.frame.more}
          </button>
        ) : null}
      </div>
    </>
  );
};
