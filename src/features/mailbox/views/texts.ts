import { common as commonEn } from '../../../i18n/en/common.ts';
import { mailbox as mailboxEn } from '../../../i18n/en/mailbox.ts';
import type { InBoth, Lang } from '../../../i18n/index.ts';
import { common } from '../../../i18n/vi/common.ts';
import { mailbox } from '../../../i18n/vi/mailbox.ts';

const vi = { common, mailbox };
const TEXTS: InBoth<typeof vi> = { vi, en: { common: commonEn, mailbox: mailboxEn } };

/** Texts of the mailbox pages. */
export const textsOf = (lang: Lang): typeof vi => TEXTS[lang];
