/** @jsxImportSource hono/jsx/dom */

import { formatNumber } from '../../../i18n/index.ts';
import { utf8 } from '../../../protocol/bytes.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { ProblemNotice, Progress } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { Audited } from '../worker/audit-calls.ts';
import { AuditResult } from './audit-result.tsx';
import { FiguresBeside } from './figures-beside.tsx';
import { saveBytes } from './save.ts';
import { auditTexts } from './texts.ts';

/** The whole verification, here: nothing is called good before the last line was read. */
export const VerifySection = (props: {
  readonly size: number;
  readonly maySign: boolean;
  /** Entries that are confirmed already. */
  readonly signed: number;
  readonly onSigned: () => Promise<void>;
}) => {
  const { lang, vault } = useBase();
  const { tell } = useDesk();
  const t = auditTexts(lang).verify;
  const { busy, problem, run } = useAction();
  const [progress, setProgress] = useState({ done: 0, total: props.size });
  const [audited, setAudited] = useState<Audited | null>(null);
  const verify = (): Promise<void> =>
    run(async () => {
      setAudited(null);
      setProgress({ done: 0, total: props.size });
      setAudited(await vault.ask('auditVerify', {}, (done, total) => setProgress({ done, total })));
    });
  const sign = (result: Audited): Promise<void> =>
    run(async () => {
      await vault.ask('auditSign', result);
      tell(t.signed);
      await props.onSigned();
    });
  const number = (value: number): string => formatNumber(lang, value);
  const report = audited?.report;
  const canSign =
    props.maySign && report?.ok === true && report.kind === 'whole' && report.size > props.signed;
  return (
    <section class="section" aria-labelledby="verify">
      <h2 id="verify">{t.title}</h2>
      <p class="soft">{t.lead}</p>
      <div class="buttons">
        <button type="button" class="button" disabled={busy} onClick={() => void verify()}>
          {audited === null ? t.start : t.again}
        </button>
      </div>
      {busy && audited === null ? (
        <Progress label={t.running(number(progress.done), number(progress.total))} {...progress} />
      ) : null}
      <ProblemNotice problem={problem} />
      {audited === null ? null : (
        <>
          <AuditResult report={audited.report} />
          <FiguresBeside rates={audited.report.rates} />
          <div class="buttons">
            <button
              type="button"
              class="button button-plain"
              onClick={() => saveBytes(`tinkin-audit-${audited.report.size}.json`, utf8(audited.json))}
            >
              {t.report}
            </button>
            {canSign ? (
              <button type="button" class="button" disabled={busy} onClick={() => void sign(audited)}>
                {t.sign}
              </button>
            ) : null}
          </div>
          {canSign ? <p class="small soft">{t.signHint}</p> : null}
        </>
      )}
    </section>
  );
};
