import { consoleRetentionEn } from '../../../i18n/en/console-retention.ts';
import type { Lang } from '../../../i18n/index.ts';
import { type ConsoleRetentionTexts, consoleRetentionVi } from '../../../i18n/vi/console-retention.ts';

/** Texts of this page in a language. */
export const retentionTexts = (lang: Lang): ConsoleRetentionTexts =>
  lang === 'vi' ? consoleRetentionVi : consoleRetentionEn;
