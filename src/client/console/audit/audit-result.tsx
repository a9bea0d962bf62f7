/** @jsxImportSource hono/jsx/dom */
import type { AuditReport } from '../../../audit/report.ts';
import type { Violation } from '../../../audit/violation.ts';
import { auditEn } from '../../../i18n/en/audit.ts';
import { formatNumber, type Lang } from '../../../i18n/index.ts';
import { auditVi } from '../../../i18n/vi/audit.ts';
import { useBase } from '../context.ts';
import { Notice } from '../ui/parts.tsx';
import { auditTexts } from './texts.ts';

/** What the verifier found: the green seal, or every violation by its sentence and its place. */
export const AuditResult = ({ report }: { readonly report: AuditReport }) => {
  const { lang } = useBase();
  const t = auditTexts(lang).verify;
  const number = (value: number): string => formatNumber(lang, value);
  const { leaves, violations, warnings, more } = report;
  const counts = t.counts(number(report.tips), number(report.events), number(report.signatures));
  const left = Object.values(more).reduce((sum, count) => sum + count, 0);
  return (
    <>
      {report.ok ? (
        <Notice kind="proven" title={report.kind === 'whole' ? t.proven : t.provenScoped}>
          <p>{counts}</p>
          {report.kind === 'whole' ? (
            <p>{t.leaves(number(leaves.opened), number(leaves.dummies), number(leaves.shredded))}</p>
          ) : (
            <p>{t.scoped}</p>
          )}
        </Notice>
      ) : (
        <Notice kind="problem" title={t.broken(number(violations.length + left))}>
          <p>{counts}</p>
          <Found lang={lang} found={violations} />
          {left === 0 ? null : <p>{t.more(number(left))}</p>}
        </Notice>
      )}
      {warnings.length === 0 ? null : (
        <Notice kind="warning" title={t.warnings(number(warnings.length))}>
          <Found lang={lang} found={warnings} />
        </Notice>
      )}
    </>
  );
};

const Found = ({ lang, found }: { readonly lang: Lang; readonly found: readonly Violation[] }) => {
  const sentences = (lang === 'vi' ? auditVi : auditEn).checks;
  return (
    <ul class="plain-list">
      {found.map((violation, index) => (
        <li key={String(index)}>
          {sentences[violation.check]}
          <span class="small soft"> {placeOf(violation, lang)}</span>
        </li>
      ))}
    </ul>
  );
};

/** Where it is: chain, step and entry as far as they are known, then what exactly, in the verifier's own words. */
function placeOf({ subject, no, index, detail, check }: Violation, lang: Lang): string {
  const t = auditTexts(lang).verify;
  const place = [
    ...(subject === undefined ? [] : [subject]),
    ...(no === undefined ? [] : [t.step(no)]),
    ...(index === undefined ? [] : [t.leaf(formatNumber(lang, index))]),
  ].join(', ');
  return `(${[place, `${check}: ${detail}`].filter((text) => text !== '').join('; ')})`;
}
