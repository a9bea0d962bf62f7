import { noticesEn } from '../../../i18n/en/notices.ts';
import { type NoticeTexts, noticesVi } from '../../../i18n/vi/notices.ts';
import { dayText } from '../format.ts';
import type { OpenedTip } from '../worker/calls.ts';

/** The letters in the language in which the sender wrote; Vietnamese where nobody knows. */
const noticesFor = (tip: OpenedTip): NoticeTexts => (tip.content?.lang === 'en' ? noticesEn : noticesVi);

/** The letter that a notice begins with; the officer changes what does not fit. Empty for a result that is not there yet. */
export const letterFor = (tip: OpenedTip, about: 'receipt' | 'suspended' | 'outcome'): string => {
  const notices = noticesFor(tip);
  const { detail } = tip;
  if (about === 'suspended') return notices.suspended;
  if (about === 'receipt') return notices.receipt(dayText(detail.t0 * 3600), detail.registerNumber);
  return detail.outcome === null ? '' : notices.outcome[detail.outcome];
};
