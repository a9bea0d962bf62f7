/** @jsxImportSource hono/jsx/dom */
import { formatNumber, type Lang } from '../../../i18n/index.ts';
import { timeText } from '../format.ts';
import { getJson } from '../http.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { TakeSection } from './take-section.tsx';
import { auditTexts } from './texts.ts';
import { VerifySection } from './verify-section.tsx';
import type { AuditView, CheckpointView } from './wire.ts';

/** For auditors: the newest checkpoint, the bundle that opens everything below it, and what auditors have confirmed. */
export const AuditPage = ({ lang }: { readonly lang: Lang }) => {
  const t = auditTexts(lang);
  const { loaded, again } = useLoad(() => getJson<AuditView>('/api/staff/audit'), 'audit');
  const view = loaded.state === 'ready' ? loaded.value : null;
  return (
    <>
      <PageHead title={t.title} lead={view?.kind === 'scoped' ? t.leadScoped : t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {view === null ? null : (
        <>
          <Checkpoint lang={lang} checkpoint={view.checkpoint} />
          {view.checkpoint === null ? null : (
            <>
              <VerifySection
                size={view.checkpoint.size}
                maySign={view.maySign}
                signed={signedSize(view)}
                onSigned={again}
              />
              <TakeSection kind={view.kind} size={view.checkpoint.size} />
            </>
          )}
          <Signed lang={lang} audited={view.audited} />
        </>
      )}
    </>
  );
};

/** The greatest size of this log that an auditor has confirmed. */
const signedSize = ({ audited, checkpoint }: AuditView): number =>
  Math.max(0, ...audited.filter(({ origin }) => origin === checkpoint?.origin).map(({ size }) => size));

const Checkpoint = ({ lang, checkpoint }: { lang: Lang; checkpoint: CheckpointView | null }) => {
  const t = auditTexts(lang).checkpoint;
  return (
    <section class="section" aria-labelledby="checkpoint">
      <h2 id="checkpoint">{t.title}</h2>
      {checkpoint === null ? (
        <p class="empty">{t.none}</p>
      ) : (
        <dl class="facts">
          <dt>{t.size}</dt>
          <dd>{formatNumber(lang, checkpoint.size)}</dd>
          <dt>{t.at}</dt>
          <dd>{timeText(checkpoint.at)}</dd>
          <dt>{t.witnesses}</dt>
          <dd>{checkpoint.witnesses === 0 ? t.noWitness : formatNumber(lang, checkpoint.witnesses)}</dd>
          <dt>{t.origin}</dt>
          <dd>{checkpoint.origin}</dd>
          <dt>{t.root}</dt>
          <dd>
            <code>{checkpoint.root}</code>
          </dd>
        </dl>
      )}
    </section>
  );
};

const Signed = ({ lang, audited }: { lang: Lang } & Pick<AuditView, 'audited'>) => {
  const t = auditTexts(lang).signed;
  return (
    <section class="section" aria-labelledby="signed">
      <h2 id="signed">{t.title}</h2>
      {audited.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <ul class="plain-list">
          {audited.map(({ hash, auditor, size }) => (
            <li key={hash}>{t.line(auditor, formatNumber(lang, size))}</li>
          ))}
        </ul>
      )}
    </section>
  );
};
