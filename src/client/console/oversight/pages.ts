import type { FC } from 'hono/jsx/dom';
import type { Role } from '../../../domain/terms.ts';
import { consoleAuditEn } from '../../../i18n/en/console-audit.ts';
import { oversight as en } from '../../../i18n/en/oversight.ts';
import type { Lang } from '../../../i18n/index.ts';
import { consoleAuditVi } from '../../../i18n/vi/console-audit.ts';
import { oversight as vi } from '../../../i18n/vi/oversight.ts';
import { AuditPage } from '../audit/audit-page.tsx';
import { OverduePage } from './overdue.tsx';
import { RatesPage } from './rates.tsx';

/** One page under `/console/oversight/<path>`, for those who check the figures. */
export interface OversightPage {
  /** One path segment or more; empty for the first page. */
  readonly path: string;
  readonly title: Readonly<Record<Lang, string>>;
  /** Any one of these roles sees it in the left column. */
  readonly roles: readonly Role[];
  /** The page itself. Its outermost element is drawn inside `main`, below no heading: it brings its own `h1`. */
  readonly view: FC<{ readonly lang: Lang }>;
}

const VIEWERS: readonly Role[] = ['auditor', 'head', 'deputy'];

/** The pages of those who check the figures. */
export const OVERSIGHT_PAGES: readonly OversightPage[] = [
  { path: '', title: { vi: vi.title, en: en.title }, roles: VIEWERS, view: RatesPage },
  { path: 'overdue', title: { vi: vi.overdueTitle, en: en.overdueTitle }, roles: VIEWERS, view: OverduePage },
  {
    path: 'audit',
    title: { vi: consoleAuditVi.title, en: consoleAuditEn.title },
    roles: ['auditor'],
    view: AuditPage,
  },
];
