import { oversight as en } from '../../../i18n/en/oversight.ts';
import type { Lang } from '../../../i18n/index.ts';
import { type OversightTexts, oversight as vi } from '../../../i18n/vi/oversight.ts';
import type { Choices } from './wire.ts';

/** The catalogue of these pages in a language. */
export const oversightTexts = (lang: Lang): OversightTexts => (lang === 'vi' ? vi : en);

/** Gives a unit's name by its code; the code itself for one that is not among the choices. */
export const unitNameIn =
  ({ units }: Pick<Choices, 'units'>, lang: Lang) =>
  (code: string): string => {
    const unit = units.find((candidate) => candidate.code === code);
    return unit === undefined ? code : lang === 'vi' ? unit.nameVi : unit.nameEn;
  };
