import { attachments as attachmentsEn } from '../../../i18n/en/attachments.ts';
import { common as commonEn } from '../../../i18n/en/common.ts';
import { form as formEn } from '../../../i18n/en/form.ts';
import { hcaptcha as hcaptchaEn } from '../../../i18n/en/hcaptcha.ts';
import { home as homeEn } from '../../../i18n/en/home.ts';
import { info as infoEn } from '../../../i18n/en/info.ts';
import { plain as plainEn } from '../../../i18n/en/plain.ts';
import { sending as sendingEn } from '../../../i18n/en/sending.ts';
import type { InBoth, Lang } from '../../../i18n/index.ts';
import { attachments } from '../../../i18n/vi/attachments.ts';
import { common } from '../../../i18n/vi/common.ts';
import { form } from '../../../i18n/vi/form.ts';
import { hcaptcha } from '../../../i18n/vi/hcaptcha.ts';
import { home } from '../../../i18n/vi/home.ts';
import { info } from '../../../i18n/vi/info.ts';
import { plain } from '../../../i18n/vi/plain.ts';
import { sending } from '../../../i18n/vi/sending.ts';

const vi = { common, home, info, form, attachments, plain, sending, hcaptcha };

/** Texts of the citizen's pages of this feature. */
export type IntakeTexts = typeof vi;

const TEXTS: InBoth<IntakeTexts> = {
  vi,
  en: {
    common: commonEn,
    home: homeEn,
    info: infoEn,
    form: formEn,
    attachments: attachmentsEn,
    plain: plainEn,
    sending: sendingEn,
    hcaptcha: hcaptchaEn,
  },
};

export const textsOf = (lang: Lang): IntakeTexts => TEXTS[lang];
