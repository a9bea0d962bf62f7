import { keptOut, routeFor } from '../../domain/routing.ts';
import type { UnitKind } from '../../domain/terms.ts';
import { accusedUnit, MAX_TICKED, routeRequest, type TipAnswers } from '../../domain/tip-form.ts';
import type { UnitRecord } from '../../domain/units.ts';
import { fill } from '../../i18n/index.ts';
import { byId, make, maybeId } from '../common/dom.ts';
import { excludedUnits } from './answers.ts';
import type { PageData } from './page-data.ts';
import type { Reference } from './reference.ts';

/** Kinds of units that a tip could be sent to or passed on to. */
const RECEIVING: readonly UnitKind[] = [
  'commune_police',
  'provincial_police',
  'inspectorate',
  'provincial_inspectorate',
  'procuracy',
  'ministry_inspectorate',
];

/** Nearest to the place first. */
const order = (unit: UnitRecord): number =>
  RECEIVING.indexOf(unit.kind) + (unit.province === 'vn' ? RECEIVING.length : 0);

/** Who is it, who must not read it, and where the tip goes because of it. */
export function createOfficialStep(
  data: PageData,
  reference: Reference,
  answers: () => TipAnswers,
): { refresh(): void } {
  if (data.support) return { refresh: () => undefined };
  const list = byId('excluded-list');

  const offered = (now: TipAnswers): readonly UnitRecord[] =>
    reference
      .units()
      .filter((unit) => {
        if (!RECEIVING.includes(unit.kind)) return false;
        if (unit.province !== now.province && unit.province !== 'vn') return false;
        return unit.kind !== 'commune_police' || unit.code === `${now.province}-${now.commune}-ca`;
      })
      .toSorted((a, b) => order(a) - order(b));

  const listUnits = (now: TipAnswers): void => {
    const ticked = new Set<string>(excludedUnits());
    list.replaceChildren(
      ...offered(now).map((unit) => {
        const input = make('input', '');
        input.type = 'checkbox';
        input.id = `excluded-${unit.code}`;
        input.value = unit.code;
        input.checked = ticked.has(unit.code);
        input.autocomplete = 'off';
        const label = make('label', '', data.lang === 'vi' ? unit.nameVi : unit.nameEn);
        label.htmlFor = input.id;
        return make('div', 'choice', input, label);
      }),
    );
  };

  const tell = (): void => {
    const now = answers();
    byId('who-part').hidden = now.official !== 'yes';
    const accused = accusedUnit(now, data.routes);
    const full = excludedUnits().length >= MAX_TICKED;
    for (const input of list.querySelectorAll('input')) {
      // The accused unit is out in any case.
      input.disabled = input.value === accused || (full && !input.checked);
      if (input.value === accused) input.checked = true;
    }
    const request = routeRequest(now, data.routes);
    const route = now.official === '' ? null : routeFor(request, data.routes);
    const told = byId('route-told');
    const blocked = keptOut(request, data.routes).size > 0 && now.official !== '' && route === null;
    const name = route === null ? null : reference.unitName(route.unit);
    told.textContent = blocked
      ? data.texts.noUnit
      : name === null
        ? ''
        : fill(route?.diverted === true ? data.texts.goesAround : data.texts.goesTo, { unit: name });
  };

  for (const input of document.querySelectorAll('input[name=official], input[name=involved]'))
    input.addEventListener('change', tell);
  list.addEventListener('change', tell);
  return {
    refresh() {
      const collusion = maybeId<HTMLInputElement>('conduct-official_collusion');
      const now = answers();
      if (collusion?.checked === true && now.official === '')
        byId<HTMLInputElement>('official-yes').checked = true;
      listUnits(now);
      tell();
    },
  };
}
