import { oversight as en } from '../../../i18n/en/oversight.ts';
import type { Lang } from '../../../i18n/index.ts';
import { type OversightTexts, oversight as vi } from '../../../i18n/vi/oversight.ts';

/** The catalogue of these pages in a language. */
export const oversightTexts = (lang: Lang): OversightTexts => (lang === 'vi' ? vi : en);
