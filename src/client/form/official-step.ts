import type { UnitId } from '../../domain/ids.ts';
import { isUnitId } from '../../domain/ids.ts';
import { isKeptOut, routeFor } from '../../domain/routing.ts';
import type { UnitKind } from '../../domain/terms.ts';
import { routeRequest, type TipAnswers } from '../../domain/tip-form.ts';
import type { UnitRecord } from '../../domain/units.ts';
import { fill } from '../../i18n/index.ts';
import { byId, make, maybeId } from '../common/dom.ts';
import { createAccusedField } from './accused-field.ts';
import type { PageData } from './page-data.ts';
import type { PlaceField } from './place-field.ts';
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

export interface OfficialStep {
  refresh(): void;
  accused(): TipAnswers['accused'];
  /** Units that the person ticked. What follows from another answer is never among them: it is derived where it is needed. */
  excluded(): readonly UnitId[];
  /** Forgets every tick. */
  forget(): void;
}

const NONE: OfficialStep = {
  refresh: () => undefined,
  accused: () => 'own',
  excluded: () => [],
  forget: () => undefined,
};

/** Who is it and of which unit, who must not read it, and where the tip goes because of it. */
export function createOfficialStep(
  data: PageData,
  reference: Reference,
  place: PlaceField,
  answers: () => TipAnswers,
): OfficialStep {
  if (data.support) return NONE;
  const list = byId('excluded-list');
  /** The person's own ticks. A box may look ticked because the unit is out for another reason; that is no tick. */
  const ticked = new Set<UnitId>();

  const offered = (): readonly UnitRecord[] =>
    reference
      .units()
      .filter((unit) => {
        if (!RECEIVING.includes(unit.kind)) return false;
        if (unit.province !== place.province() && unit.province !== 'vn') return false;
        return unit.kind !== 'commune_police' || unit.code === `${place.province()}-${place.commune()}-ca`;
      })
      .toSorted((a, b) => order(a) - order(b));

  const listUnits = (): void => {
    list.replaceChildren(
      ...offered().map((unit) => {
        const input = make('input', '');
        input.type = 'checkbox';
        input.id = `excluded-${unit.code}`;
        input.value = unit.code;
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
    accused.tell(now);
    const request = routeRequest(now, data.routes);
    for (const input of list.querySelectorAll('input')) {
      const { value } = input;
      const own = isUnitId(value) && ticked.has(value);
      // Out because of who it is about, or because a unit above it is out.
      const others = own ? request.excluded.filter((unit) => unit !== value) : request.excluded;
      const anyway = isKeptOut(value, others, data.routes);
      input.checked = own || anyway;
      input.disabled = anyway;
    }
    const route = now.official === '' ? null : routeFor(request, data.routes);
    const name = route === null ? null : (reference.unitName(route.unit) ?? route.unit);
    byId('route-told').textContent =
      now.official === ''
        ? ''
        : name === null
          ? data.texts.noUnit
          : fill(route?.diverted === true ? data.texts.goesAround : data.texts.goesTo, { unit: name });
  };

  const accused = createAccusedField(data, reference, tell);
  for (const input of document.querySelectorAll('input[name=official], input[name=involved]'))
    input.addEventListener('change', tell);
  list.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !isUnitId(target.value)) return;
    if (target.checked) ticked.add(target.value);
    else ticked.delete(target.value);
    tell();
  });
  const refresh = (): void => {
    const collusion = maybeId<HTMLInputElement>('conduct-official_collusion');
    if (collusion?.checked === true && answers().official === '')
      byId<HTMLInputElement>('official-yes').checked = true;
    listUnits();
    tell();
  };
  return {
    refresh() {
      refresh();
      void reference.load().then(() => {
        if (list.childElementCount !== offered().length) refresh();
        else tell();
      });
    },
    accused: () => accused.answer(),
    excluded: () => offered().flatMap(({ code }) => (ticked.has(code) ? [code] : [])),
    forget: () => ticked.clear(),
  };
}
