import { consoleAuditEn } from '../../../i18n/en/console-audit.ts';
import type { Lang } from '../../../i18n/index.ts';
import { type ConsoleAuditTexts, consoleAuditVi } from '../../../i18n/vi/console-audit.ts';

/** Texts of this page in a language. */
export const auditTexts = (lang: Lang): ConsoleAuditTexts =>
  lang === 'vi' ? consoleAuditVi : consoleAuditEn;
