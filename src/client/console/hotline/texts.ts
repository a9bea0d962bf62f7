import { consoleHotlineEn } from '../../../i18n/en/console-hotline.ts';
import { form as formEn } from '../../../i18n/en/form.ts';
import { mailbox as mailboxEn } from '../../../i18n/en/mailbox.ts';
import type { InBoth, Lang } from '../../../i18n/index.ts';
import { consoleHotlineVi } from '../../../i18n/vi/console-hotline.ts';
import { form } from '../../../i18n/vi/form.ts';
import { mailbox } from '../../../i18n/vi/mailbox.ts';

const vi = {
  ...consoleHotlineVi,
  /** Who may be involved, as the citizen's form names them. */
  officials: form.official.who,
  /** How the mailbox tells a citizen where a tip stands. */
  told: { states: mailbox.states, outcomes: mailbox.outcomes },
};
export type HotlineTexts = typeof vi;

const TEXTS: InBoth<HotlineTexts> = {
  vi,
  en: {
    ...consoleHotlineEn,
    officials: formEn.official.who,
    told: { states: mailboxEn.states, outcomes: mailboxEn.outcomes },
  },
};

/** Texts of the operator's page; those that are spoken are in the language of the page. */
export const hotlineTexts = (lang: Lang): HotlineTexts => TEXTS[lang];
