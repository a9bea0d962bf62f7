import { common as commonEn } from '../../../i18n/en/common.ts';
import { help as helpEn } from '../../../i18n/en/help.ts';
import type { InBoth, Lang } from '../../../i18n/index.ts';
import { common } from '../../../i18n/vi/common.ts';
import { help } from '../../../i18n/vi/help.ts';

const vi = { common, help };
const TEXTS: InBoth<typeof vi> = { vi, en: { common: commonEn, help: helpEn } };

/** Texts of the explaining pages. */
export const textsOf = (lang: Lang): typeof vi => TEXTS[lang];
