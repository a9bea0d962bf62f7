/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { KindDuties } from '../../../domain/legal-duties.ts';
import { GRAVE } from '../../../domain/life-cycle-checks.ts';
import {
  CIRCUMSTANCES,
  type Circumstance,
  IDENTITY_MODES,
  type IdentityMode,
  LEGAL_KINDS,
  type LegalKind,
} from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Choice as Radios, SelectField, Tick } from '../ui/fields.tsx';
import { Notice } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import type { FieldsProps } from './step-fields.tsx';
import { PriorityField } from './text-fields.tsx';

/** How far the informant is known, by the newest of the envelopes that say so. */
export const identityOf = (tip: Pick<OpenedTip, 'extras' | 'messages'>): IdentityMode => {
  const later = tip.messages.findLast(({ informant }) => informant !== null)?.informant;
  return (later ?? tip.extras.informant)?.mode ?? 'anonymous';
};

/** The kinds that such a tip can be of in law: its door and what is known of the informant both fit. */
export const kindsFor = (
  channel: OpenedTip['detail']['channel'],
  identity: IdentityMode,
  duties: ReadonlyMap<LegalKind, KindDuties>,
): readonly LegalKind[] =>
  LEGAL_KINDS.filter((kind) => {
    const { channels = null, identities = null } = duties.get(kind) ?? {};
    return channels?.includes(channel) !== false && identities?.includes(identity) !== false;
  });

type Tickable = Exclude<Circumstance, 'checkable'>;

/** `checkable` is what the evidence test finds, not something to tick. */
const TICKED = CIRCUMSTANCES.filter((one): one is Tickable => one !== 'checkable');

/** Circumstances to tick, those with one consequence in law together under the sentence that says it. */
const Circumstances = (props: {
  readonly chosen: readonly Circumstance[];
  readonly inCommune: boolean;
  readonly onChange: (chosen: readonly Circumstance[]) => void;
}) => {
  const { law, texts } = useBase();
  const { classify } = texts;
  const tick = (one: Tickable) => (
    <Tick
      key={one}
      name={`circumstance-${one}`}
      label={law.circumstance[one]}
      {...(one === 'minor' ? { hint: classify.child } : {})}
      checked={props.chosen.includes(one)}
      onChange={(checked) =>
        props.onChange(checked ? [...props.chosen, one] : props.chosen.filter((other) => other !== one))
      }
    />
  );
  const group = (legend: string, hint: string, ticks: readonly Tickable[]) => (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <p class="field-hint">{hint}</p>
      {ticks.map(tick)}
    </fieldset>
  );
  const grave = TICKED.filter((one) => props.inCommune && GRAVE.includes(one));
  const others = TICKED.filter((one) => !grave.includes(one));
  return (
    <>
      {grave.length === 0 ? null : group(classify.circumstances, classify.grave, grave)}
      {group(grave.length === 0 ? classify.circumstances : classify.others, classify.recorded, others)}
    </>
  );
};

/** Luật Tố cáo 2018 Đ25: three questions, each with a yes or a no. */
const EvidenceTest = () => {
  const { law, texts } = useBase();
  const { classify } = texts;
  return (
    <div class="section">
      <p class="strong">{classify.evidence}</p>
      <p class="field-hint">{classify.evidenceLead}</p>
      {(['violator', 'proof', 'basis'] as const).map((name) => (
        <Radios
          key={name}
          name={`evidence-${name}`}
          legend={law.evidence[name]}
          options={[
            { value: 'yes', label: texts.frame.yes },
            { value: 'no', label: texts.frame.no },
          ]}
        />
      ))}
    </div>
  );
};

/** What is asked when a tip is classified; what its sender said is chosen beforehand, and the law's answer stands beside each choice. */
export const ClassifyFields = ({ tip, choice, onChoice }: FieldsProps) => {
  const { lang, law, texts, words } = useBase();
  const { conducts, me } = useDesk();
  const { detail, content } = tip;
  const { classify } = texts;
  const known = identityOf(tip);
  const [identity, setIdentity] = useState<IdentityMode>(known);
  const [kind, setKind] = useState<string>(detail.legalKind ?? '');
  const [conduct, setConduct] = useState(detail.conduct ?? content?.conduct ?? '');
  const first = detail.legalKind === null;
  const saidMinor = content?.urgent.minor === true;
  const [chosen, setChosen] = useState<readonly Circumstance[]>(
    first ? (saidMinor ? ['minor'] : []) : detail.state.circumstances,
  );
  const inCommune = me.unitKind === 'commune_police';
  const grave = inCommune && chosen.some((one) => GRAVE.includes(one));
  const choosesCompetence = detail.stage === 'received';
  useEffect(() => {
    if (choosesCompetence && grave) onChoice({ competent: false });
  }, [grave, choosesCompetence]);
  const row = conducts.find((candidate) => candidate.id === conduct);
  const kinds = kindsFor(detail.channel, identity, tip.law.kinds);
  return (
    <>
      <SelectField
        name="legalKind"
        label={texts.forms.legalKind}
        empty={texts.forms.choose}
        value={kind}
        {...(kinds.length < LEGAL_KINDS.length ? { hint: classify.notOffered } : {})}
        options={kinds.map((one) => ({ value: one, label: words.legalKind[one] }))}
        onChange={setKind}
      />
      {kind === 'denunciation_info' ? <EvidenceTest /> : null}
      <SelectField
        name="conduct"
        label={texts.forms.conduct}
        empty={texts.forms.choose}
        value={conduct}
        options={conducts.map((candidate) => ({
          value: candidate.id,
          label: lang === 'vi' ? candidate.officialVi : candidate.officialEn,
        }))}
        onChange={setConduct}
      />
      {row?.supportOffer === true ? <p class="field-hint">{texts.forms.supportOffer}</p> : null}
      <PriorityField value={row?.priority ?? detail.priority} key={`priority-${conduct}`} />
      <Circumstances chosen={chosen} inCommune={inCommune} onChange={setChosen} />
      {first && saidMinor ? <p class="field-hint">{classify.saidMinor}</p> : null}
      {content?.urgent.happeningNow === true ? <p class="field-hint">{classify.happeningNow}</p> : null}
      <SelectField
        name="identity"
        label={classify.identity}
        hint={classify.identityHint}
        value={identity}
        options={IDENTITY_MODES.map((mode) => ({ value: mode, label: law.identity[mode] }))}
        onChange={(value) => setIdentity(IDENTITY_MODES.find((mode) => mode === value) ?? known)}
      />
      {choosesCompetence ? (
        <Radios
          name="competent"
          legend={texts.forms.competent}
          value={choice.competent === false ? 'no' : 'yes'}
          options={[
            ...(grave ? [] : [{ value: 'yes', label: texts.forms.competentYes }]),
            {
              value: 'no',
              label: texts.forms.competentNo,
              ...(grave ? { hint: classify.mustPassOn } : {}),
            },
          ]}
          onChange={(value) => onChoice({ competent: value === 'yes' })}
        />
      ) : grave ? (
        <Notice kind="warning" title={classify.passOnFirst} />
      ) : null}
    </>
  );
};
