/** @jsxImportSource hono/jsx/dom */
import type { TipContent } from '../../../domain/tip-content.ts';
import { useBase, useDesk } from '../context.ts';
import { retentionTexts } from '../retention/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedTip } from '../worker/calls.ts';
import { AttachmentList } from './attachments.tsx';
import { InformantFacts, TakenFacts } from './informant.tsx';

const Part = ({ name, text }: { readonly name: string; readonly text: string }) => {
  const { texts } = useBase();
  return (
    <div class="content-part">
      <h3 class="content-name">{name}</h3>
      <p class={text === '' ? 'words soft' : 'words'}>{text === '' ? texts.tip.empty : text}</p>
    </div>
  );
};

const urgency = (content: TipContent, texts: ReturnType<typeof useBase>['texts']): string => {
  const { happeningNow, danger, minor } = content.urgent;
  const said = [
    happeningNow ? texts.tip.happeningNow : '',
    danger ? texts.tip.danger : '',
    minor ? texts.tip.minor : '',
  ].filter((word) => word !== '');
  return said.length === 0 ? texts.tip.notUrgent : said.join('. ');
};

const Opened = ({ tip, content }: { readonly tip: OpenedTip; readonly content: TipContent }) => {
  const { lang, texts } = useBase();
  const { conducts } = useDesk();
  const fields = texts.tip.fields;
  const conduct = conducts.find((known) => known.id === content.conduct);
  const role = content.official.role;
  const official = [
    texts.tip.official[content.official.involved],
    role === null ? '' : ((texts.tip.officialRoles as Readonly<Record<string, string>>)[role] ?? role),
    content.official.unit === null
      ? ''
      : (tip.unitNames[content.official.unit]?.[lang] ?? content.official.unit),
  ].filter((word) => word !== '');
  return (
    <div class="content card" lang={content.lang}>
      <Part name={fields.what} text={content.what} />
      <Part name={fields.when} text={content.when} />
      <Part name={fields.where} text={content.where} />
      <Part name={fields.who} text={content.who} />
      <Part name={fields.how} text={content.how} />
      <div lang={lang}>
        <dl class="facts">
          <dt>{fields.place}</dt>
          <dd>{content.place.name}</dd>
          <dt>{fields.conduct}</dt>
          <dd>{conduct === undefined ? content.conduct : conduct[lang]}</dd>
          <dt>{fields.urgent}</dt>
          <dd>{urgency(content, texts)}</dd>
          <dt>{fields.official}</dt>
          <dd>{official.join(', ')}</dd>
        </dl>
        {content.excluded.length === 0 ? null : (
          <p class="mark mark-soon">
            <Icon name="info" />
            {fields.excluded}:{' '}
            {content.excluded.map((unit) => tip.unitNames[unit]?.[lang] ?? unit).join(', ')}
          </p>
        )}
      </div>
    </div>
  );
};

/** Says that the present wraps do not open the tip, whose step that was, and offers to lock it again from what opened it. */
const BrokenWraps = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const steps = tip.brokenBy.map((no) => {
    const signers = tip.history.find((step) => step.no === no)?.signers ?? [];
    const names = signers.map(({ kind, name }) => (kind === 'member' ? name : texts.tip.unknownPerson));
    return texts.tip.brokenBy(no, names.join(', '));
  });
  const putBack = (): void =>
    void run(async () => {
      await vault.ask('putBack', { tip: tip.detail.tip });
      tell(texts.tip.putBackDone);
    });
  return (
    <Notice kind="warning" title={texts.tip.broken}>
      <p>{texts.tip.brokenLead}</p>
      <ul>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <ProblemNotice problem={problem} />
      <div class="buttons no-print">
        <button type="button" class="button" disabled={busy} onClick={putBack}>
          {texts.tip.putBack}
        </button>
      </div>
    </Notice>
  );
};

/** What the sender wrote, with what was checked of it; or why it stays closed and what to do then. */
export const ContentSection = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts } = useBase();
  const { content, code } = tip;
  const checks = texts.tip.checks;
  const lines = [
    checks.author,
    checks.seal,
    checks.commitment,
    checks.epoch,
    ...(tip.chain ? [checks.chain] : []),
  ];
  if (tip.detail.state.shredded === true)
    return (
      <section class="section" aria-labelledby="content">
        <h2 id="content">{texts.tip.content}</h2>
        <Notice kind="info">
          <p>{retentionTexts(lang).gone}</p>
        </Notice>
      </section>
    );
  return (
    <section class="section" aria-labelledby="content">
      <h2 id="content">{texts.tip.content}</h2>
      {tip.brokenBy.length === 0 ? null : <BrokenWraps tip={tip} />}
      {content === null ? null : <Opened tip={tip} content={content} />}
      {tip.extras.taken === null ? null : <TakenFacts taken={tip.extras.taken} />}
      {tip.extras.informant === null ? null : <InformantFacts informant={tip.extras.informant} />}
      {tip.attachments.length === 0 ? null : (
        <section aria-labelledby="attachments">
          <h3 id="attachments">{texts.viewer.title}</h3>
          <AttachmentList tip={tip.detail.tip} attachments={tip.attachments} />
        </section>
      )}
      {content === null ? null : (
        <details>
          <summary class="mark-proven">{texts.tip.checked}</summary>
          <ul class="checks">
            {lines.map((line) => (
              <li class="mark mark-proven" key={line}>
                <Icon name="done" />
                {line}
              </li>
            ))}
          </ul>
        </details>
      )}
      {code === 'not_yours' ? (
        <Notice kind="info">
          <p>{texts.tip.notYours}</p>
        </Notice>
      ) : null}
      {code === 'no_key' ? (
        <Notice kind="warning">
          <p>{texts.tip.noKey}</p>
        </Notice>
      ) : null}
      {code === 'key_broken' ? (
        <Notice kind="warning">
          <p>{texts.tip.keyBroken}</p>
        </Notice>
      ) : null}
      {code === null || ['not_yours', 'no_key', 'key_broken'].includes(code) ? null : (
        <Notice kind="problem" title={texts.tip.closed}>
          <p>{texts.tip.closedLead}</p>
          <p class="small soft">
            {texts.frame.problemCode}: <code>{code}</code>
          </p>
        </Notice>
      )}
    </section>
  );
};
