/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';
import type { ClockRule, Limit } from '../../../domain/clocks.ts';
import type { ExtensionRule } from '../../../domain/extension.ts';
import type { KindDuties } from '../../../domain/legal-duties.ts';
import type { SettlementRule } from '../../../domain/settlement.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';

/** What stands as the basis of a rule that no article sets. */
export const POLICY = 'chính sách của hệ thống';

const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ');

/** A rule: what it says, for which cases, and by which article since when. */
const Line = (props: {
  readonly what: string;
  readonly cases: string;
  readonly basis: string;
  readonly nature?: 'law' | 'policy';
  readonly from?: string;
  readonly until?: string | null;
  readonly id?: string;
  readonly children?: Child;
}) => {
  const { lang, texts } = useBase();
  const t = texts.lawPage;
  const { from, until } = props;
  const inForce =
    from === undefined
      ? null
      : until == null
        ? t.since(formatDay(lang, from))
        : t.period(formatDay(lang, from), formatDay(lang, until));
  return (
    <li class="law-rule">
      <p>
        <span class="strong">{props.what}</span>
        {props.nature === 'policy' ? <span class="badge">{t.policy}</span> : null}
      </p>
      {props.cases === '' ? null : <p class="small">{props.cases}</p>}
      {props.children}
      <p class="small soft">{joined([props.basis === POLICY ? null : props.basis, inForce])}</p>
      {props.id === undefined ? null : (
        <p class="small soft">
          <code>{props.id}</code>
        </p>
      )}
    </li>
  );
};

/** Limits in words. */
export const useLimit = (): ((limit: Limit) => string) => {
  const { texts } = useBase();
  return ({ n, unit }) => texts.lawPage.limit[unit](n);
};

/** One limit of a clock. */
export const RuleLine = ({ rule }: { readonly rule: ClockRule }) => {
  const { law, texts, words } = useBase();
  const t = texts.lawPage;
  const limit = useLimit();
  const { unitKinds, legalKinds, circumstances } = rule.when;
  const cases = joined([
    unitKinds === null ? null : unitKinds.map((one) => words.unitKind[one]).join(', '),
    legalKinds === null ? null : legalKinds.map((one) => words.legalKind[one]).join(', '),
    circumstances === null
      ? null
      : circumstances.flatMap((one) => (one === 'checkable' ? [] : [law.circumstance[one]])).join(', '),
  ]);
  const steps = rule.starts.filter(({ countedFrom }) => countedFrom === 'step');
  const from = [
    steps.length < rule.starts.length ? t.fromReceipt : null,
    steps.length === 0 ? null : t.fromStep(steps.map(({ step }) => words.stepDone[step]).join(', ')),
  ].filter((part) => part !== null);
  return (
    <Line
      {...rule}
      what={joined([
        limit(rule.limit),
        rule.remote === null ? null : t.remote(limit(rule.remote)),
        rule.soft === null ? null : t.soft(limit(rule.soft)),
      ])}
      cases={cases === '' ? t.every : cases}
    >
      <p class="small soft">{t.counted(from.join('; '))}</p>
    </Line>
  );
};

/** How one kind of period may be made longer. */
export const ExtensionLine = ({ rule }: { readonly rule: ExtensionRule }) => {
  const { texts, words } = useBase();
  const t = texts.lawPage;
  const limit = useLimit();
  const { number, countedFrom, cap, askBefore } = rule;
  return (
    <Line
      {...rule}
      what={`${t.extension(number)}: ${
        countedFrom === 't0'
          ? t.extensionFromReceipt(limit(rule.limit))
          : t.extensionFromExpiry(limit(rule.limit))
      }`}
      cases={joined([
        rule.legalKinds.map((kind) => words.legalKind[kind]).join(', '),
        t.who[rule.who],
        cap === null ? null : t.cap(limit(cap)),
        askBefore === null ? null : t.askBefore(askBefore),
      ])}
    />
  );
};

/** Where the right to settle hangs on an assignment. */
export const SettlementLine = ({ rule }: { readonly rule: SettlementRule }) => {
  const { texts, words } = useBase();
  return (
    <Line
      {...rule}
      what={texts.lawPage.settlementRule}
      cases={joined([
        rule.unitKinds.map((kind) => words.unitKind[kind]).join(', '),
        rule.legalKinds.map((kind) => words.legalKind[kind]).join(', '),
        rule.outcomes.map((outcome) => words.outcome[outcome]).join(', '),
      ])}
    />
  );
};

/** What the law asks for with a kind of tip. */
export const KindLine = ({ duties }: { readonly duties: KindDuties }) => {
  const { law, texts, words } = useBase();
  const t = texts.lawPage;
  const { identities, channels } = duties;
  return (
    <Line
      what={words.legalKind[duties.kind]}
      cases={joined([
        identities === null ? null : t.identities(identities.map((one) => law.identity[one]).join(', ')),
        channels === null ? null : t.channels(channels.map((one) => words.channel[one]).join(', ')),
        duties.procuracy ? t.procuracy : null,
        duties.evidenceTest ? t.evidence : null,
      ])}
      basis={duties.basis}
    />
  );
};
