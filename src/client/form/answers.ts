import { isInvolved, TEXT_FIELDS, type TextField, type TipAnswers } from '../../domain/tip-form.ts';
import { maybeId } from '../common/dom.ts';
import type { OfficialStep } from './official-step.ts';
import type { PageData } from './page-data.ts';
import type { PlaceField } from './place-field.ts';

const checkedValue = (name: string): string =>
  document.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value ?? '';

const isChecked = (id: string): boolean => maybeId<HTMLInputElement>(id)?.checked ?? false;

const typed = (id: string): string => maybeId<HTMLInputElement | HTMLTextAreaElement>(id)?.value ?? '';

const officialOf = (value: string): TipAnswers['official'] =>
  value === 'no' || value === 'yes' || value === 'unsure' ? value : '';

/** What the form says now. Read from the page each time: there is no second copy to go stale or to be forgotten. */
export function readAnswers(
  data: PageData,
  place: PlaceField,
  officials: Pick<OfficialStep, 'accused' | 'excluded'>,
): TipAnswers {
  const texts = Object.fromEntries(TEXT_FIELDS.map((id) => [id, typed(id)])) as Record<TextField, string>;
  const involved = checkedValue('involved');
  return {
    lang: data.lang,
    support: data.support,
    province: place.province(),
    commune: place.commune(),
    placeName: place.placeName(),
    conduct: checkedValue('conduct'),
    happeningNow: isChecked('urgent-now'),
    danger: isChecked('urgent-danger'),
    minor: isChecked('urgent-minor'),
    official: officialOf(checkedValue('official')),
    involved: isInvolved(involved) ? involved : 'none',
    accused: officials.accused(),
    excluded: officials.excluded(),
    ...texts,
  };
}

/** True when the person has written something that would be a loss. */
export const hasText = (): boolean => TEXT_FIELDS.some((id) => typed(id).trim() !== '');
