/** @jsxImportSource hono/jsx/dom */
import { isDay, type TipId } from '../../../domain/ids.ts';
import type { Step } from '../../../domain/life-cycle-types.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText, timeText } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { Go } from '../ui/parts.tsx';
import type { HistoryStep, OpenedTip } from '../worker/calls.ts';

const useDescribe = (
  step: string,
  unitNames: OpenedTip['unitNames'],
): ((key: string, value: string | number | boolean) => string) => {
  const { lang, law, texts, words } = useBase();
  const { conducts, nameOf } = useDesk();
  return (key, value) => {
    const name = (texts.tip.data as Readonly<Record<string, string>>)[key] ?? key;
    const text = String(value);
    const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      legalKind: words.legalKind,
      priority: words.priority,
      outcome: words.outcome,
      identity: law.identity,
      noCase: law.noCase,
      result: law.checkResult,
      kind: law.checkKind,
      impossible: law.noNotice,
      // One name of a field, each step with words of its own.
      why: {
        ...law.transferGround,
        ...law.reopenGround,
        ...law.divertGround,
        ...law.suspensionGround,
        ...(step === 'transfer_returned' ? law.returnGround : {}),
      },
    };
    const conduct = conducts.find((known) => known.id === text);
    if (key === 'conduct' && conduct !== undefined)
      return `${name}: ${lang === 'vi' ? conduct.officialVi : conduct.officialEn}`;
    if (key === 'toUnit' || key === 'unit') return `${name}: ${unitNames[text]?.[lang] ?? text}`;
    if (key === 'circumstances')
      return `${name}: ${text
        .split(' ')
        .map((one) => (law.circumstance as Readonly<Record<string, string>>)[one] ?? one)
        .join(', ')}`;
    if (isDay(text)) return `${name}: ${formatDay(lang, text)}`;
    if (key === 'assignee' || key === 'focal' || key === 'deputy') return `${name}: ${nameOf(text)}`;
    if (typeof value === 'boolean') return `${name}: ${value ? texts.frame.yes : texts.frame.no}`;
    return `${name}: ${tables[key]?.[text] ?? text}`;
  };
};

const Entry = ({
  step,
  unitNames,
}: {
  readonly step: HistoryStep;
  readonly unitNames: OpenedTip['unitNames'];
}) => {
  const { lang, texts, words } = useBase();
  const describe = useDescribe(step.type, unitNames);
  const { time } = step;
  const when =
    'at' in time ? timeText(time.at) : 'hour' in time ? hourText(time.hour, lang) : formatDay(lang, time.day);
  const who = step.signers.map((signer) => {
    if (signer.kind === 'citizen') return texts.tip.citizen;
    return signer.kind === 'member' ? signer.name : texts.tip.unknownPerson;
  });
  const data = Object.entries(step.data).filter(([key]) => key !== 'decision');
  return (
    <li class="history-step" data-proven={step.proven ? 'yes' : 'no'}>
      <div class="history-head">
        <span class="strong">{words.stepDone[step.type as Step] ?? step.type}</span>
        <span class="soft">{when}</span>
      </div>
      {data.length === 0 ? null : (
        <ul class="history-data">
          {data.map(([key, value]) => (
            <li key={key}>
              {key === 'mergedInto' ? (
                <Go to={{ page: 'tip', tip: String(value) as TipId }}>{texts.tip.data.mergedInto}</Go>
              ) : (
                describe(key, value)
              )}
            </li>
          ))}
        </ul>
      )}
      <div class="history-more">
        <span>{texts.tip.stepNo(step.no)}</span>
        <span>{texts.tip.by(who.join(', '))}</span>
        <span>
          {texts.tip.leaf} <code>{step.leaf.slice(0, 12)}</code>
        </span>
        <span class={`mark ${step.proven ? 'mark-proven' : 'mark-danger'}`}>
          <Icon name={step.proven ? 'done' : 'broken'} />
          {step.proven ? texts.tip.proven : `${texts.tip.unproven} (${step.code ?? ''})`}
        </span>
      </div>
    </li>
  );
};

/** Every step with its proof, oldest first: who, when, what, and whether this computer could check it. */
export const HistorySection = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts } = useBase();
  const proven = tip.history.filter((step) => step.proven).length;
  return (
    <section class="section tip-later" aria-labelledby="history">
      <h2 id="history">{texts.tip.history}</h2>
      <p class={proven === tip.history.length && tip.chain ? 'mark mark-proven' : 'mark mark-danger'}>
        <Icon name={proven === tip.history.length && tip.chain ? 'sealed' : 'broken'} />
        {texts.tip.historyLead(proven, tip.history.length)}
      </p>
      <ol class="history">
        {tip.history.map((step) => (
          <Entry step={step} unitNames={tip.unitNames} key={String(step.no)} />
        ))}
      </ol>
    </section>
  );
};
