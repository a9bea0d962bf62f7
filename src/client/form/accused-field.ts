import { ownPolice, type TipAnswers } from '../../domain/tip-form.ts';
import { searchUnits, type UnitRecord } from '../../domain/units.ts';
import { fill } from '../../i18n/index.ts';
import { byId } from '../common/dom.ts';
import { createCombo } from './combo.ts';
import type { PageData } from './page-data.ts';
import type { Reference } from './reference.ts';

/** Of which unit the official is: the police of the place while nothing is typed, another unit of the list, or "I do not know". */
export interface AccusedField {
  answer(): TipAnswers['accused'];
  /** Says what leaving it empty means for these answers. */
  tell(now: TipAnswers): void;
}

export function createAccusedField(data: PageData, reference: Reference, changed: () => void): AccusedField {
  const { texts, lang } = data;
  const unknown = byId<HTMLInputElement>('accused-unknown');
  const combo = createCombo<UnitRecord>({
    id: 'accused',
    async search(typed) {
      const whole = await reference.load();
      const hits = searchUnits(reference.units(), typed);
      return hits.length === 0 && !whole ? null : hits;
    },
    show: (unit) => ({ name: lang === 'vi' ? unit.nameVi : unit.nameEn, note: '' }),
    texts: { found: texts.unitsFound, none: texts.unitsNone, lost: texts.unitsLost },
    changed() {
      if (!combo.empty()) unknown.checked = false;
      changed();
    },
  });
  unknown.addEventListener('change', () => {
    if (unknown.checked) combo.clear();
    changed();
  });
  return {
    answer: () => (unknown.checked ? 'unknown' : combo.empty() ? 'own' : (combo.chosen()?.code ?? '')),
    tell(now) {
      const own = ownPolice(now, data.routes);
      const name = own === null ? null : reference.unitName(own);
      byId('accused-part').hidden = now.involved === 'none';
      byId('accused-hint').textContent =
        name === null ? texts.noOwnUnit : fill(texts.ownUnit, { unit: name });
    },
  };
}
