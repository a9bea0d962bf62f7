import type { AuditedRates, AuditReport } from '../../audit/report.ts';
import type { Violation } from '../../audit/violation.ts';
import { VERBS } from '../../domain/terms.ts';
import { auditEn } from '../../i18n/en/audit.ts';
import { type AuditTexts, auditVi } from '../../i18n/vi/audit.ts';

export type AuditLanguage = 'vi' | 'en';

const TEXTS: Readonly<Record<AuditLanguage, AuditTexts>> = { vi: auditVi, en: auditEn };

const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** What the verifier found, for a person: the verdict first, then what is wrong and where, then the figures. */
export function reportText(report: AuditReport, language: AuditLanguage): readonly string[] {
  const texts = TEXTS[language];
  const { ok, kind, violations, warnings, more, origin, size, root, tips, events, signatures } = report;
  const scoped = kind === 'scoped';
  const rest = Object.values(more).reduce((sum, count) => sum + count, 0);
  const verdict = ok
    ? scoped
      ? texts.provenScoped
      : texts.proven
    : filled(texts.broken, { count: violations.length + rest });
  return [
    verdict,
    ...(scoped ? [texts.scoped] : []),
    filled(texts.log, { origin, size, root }),
    filled(texts.leaves, { ...report.leaves, witnesses: report.witnesses }),
    filled(texts.counts, { tips, events, signatures }),
    ...(report.canaries.announced === 0 ? [] : [filled(texts.canaries, { ...report.canaries })]),
    ...violations.map((one) => `  ${violationText(one, texts)}`),
    ...Object.entries(more).map(([check, count]) => `  ${check}: ${filled(texts.more, { count })}`),
    ...(warnings.length === 0 ? [] : [filled(texts.warnings, { count: warnings.length })]),
    ...warnings.map((one) => `  ${violationText(one, texts)}`),
    texts.figures,
    ...report.rates.map((rates) => `  ${ratesText(rates, texts)}`),
  ];
}

/** Name of the check, its sentence, what exactly, and where. */
function violationText({ check, detail, ...at }: Violation, texts: AuditTexts): string {
  const places = [
    at.subject ?? '',
    at.no === undefined ? '' : filled(texts.step, { no: at.no }),
    at.index === undefined ? '' : filled(texts.leaf, { index: at.index }),
    at.size === undefined ? '' : filled(texts.size, { size: at.size }),
    at.line === undefined ? '' : filled(texts.line, { line: at.line }),
  ].filter((place) => place !== '');
  const where = places.length === 0 ? '' : ` [${places.join(', ')}]`;
  return `${check}: ${texts.checks[check]} ${detail}${where}`;
}

function ratesText({ plan, unit, rates }: AuditedRates, texts: AuditTexts): string {
  const verbs = VERBS.map((verb) => {
    const { onTime, late, openLate } = rates[verb];
    return `${texts.verbs[verb]} ${onTime}/${late}/${openLate}`;
  });
  return `${plan ?? '–'} · ${unit ?? texts.all}: ${verbs.join(', ')}`;
}
