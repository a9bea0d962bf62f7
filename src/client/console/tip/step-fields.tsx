/** @jsxImportSource hono/jsx/dom */

import { addDays, dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { mayReadTips } from '../../../domain/roles.ts';
import { LEGAL_KINDS, type Outcome, PRIORITIES, type Priority } from '../../../domain/terms.ts';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Choice as Radios, SelectField, TextArea, TextField, Tick } from '../ui/fields.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import type { Offer } from './actions.tsx';
import type { Choice } from './consequence.ts';
import { MergeField } from './merge-field.tsx';
import { UnitField } from './unit-field.tsx';

interface FieldsProps {
  readonly offer: Offer;
  readonly tip: OpenedTip;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  /** Told while a chosen unit is being checked. */
  readonly onChecking: (checking: boolean) => void;
}

/** What a step needs to be told. */
export const StepFields = (props: FieldsProps) => {
  const { texts } = useBase();
  const { forms } = texts;
  switch (props.offer.step) {
    case 'classified':
      return <Classify {...props} />;
    case 'prioritised':
      return (
        <>
          <PriorityField value={props.tip.detail.priority} />
          <Why name="reason" />
        </>
      );
    case 'assigned':
      return <Assign tip={props.tip} />;
    case 'verification_started':
      return <TextArea name="plan" label={forms.plan} hint={forms.planHint} maxlength={ACT_LIMITS.plan} />;
    case 'resolution_proposed':
      return <Propose {...props} />;
    case 'resolution_refused':
      return <Why name="reason" />;
    case 'resolved':
      return <Tick name="agree" label={forms.approve} required />;
    case 'notified':
      return <Letter label={forms.answer} hint={forms.answerHint} />;
    case 'message_posted':
      return (
        <>
          <Letter label={forms.message} hint={forms.messageHint} />
          <Tick name="reward" label={texts.asking.reward} />
          <p class="field-hint">{texts.asking.rewardHint}</p>
        </>
      );
    case 'question_posted':
      return <Question />;
    case 'consent_asked':
      return (
        <>
          <Unit {...props} purpose="consent" />
          <Letter label={texts.asking.consent} hint={texts.asking.consentHint} />
        </>
      );
    case 'thread_muted':
    case 'thread_unmuted':
      return (
        <TextArea
          name="reason"
          label={forms.reason}
          hint={texts.asking.muteHint}
          maxlength={ACT_LIMITS.reason}
        />
      );
    case 'transfer_sent':
      return (
        <>
          <Unit {...props} purpose="transfer" />
          <Why name="ground" />
        </>
      );
    case 'transfer_returned':
      return <Why name="ground" />;
    case 'printed':
      return <p class="field-hint">{forms.print}</p>;
    default:
      return null;
  }
};

const Unit = (props: FieldsProps & { readonly purpose: 'transfer' | 'consent' }) => {
  const { detail } = props.tip;
  return (
    <UnitField tip={detail.tip} holder={detail.unit} purpose={props.purpose} onChecking={props.onChecking} />
  );
};

/** Why: a few sentences that stay in the tip's history. */
const Why = ({ name }: { readonly name: 'reason' | 'ground' }) => {
  const { forms } = useBase().texts;
  return <TextArea name={name} label={forms[name]} hint={forms.groundHint} maxlength={ACT_LIMITS[name]} />;
};

/** What the citizen will read. */
const Letter = (props: { readonly label: string; readonly hint: string }) => (
  <TextArea name="text" label={props.label} hint={props.hint} rows={8} maxlength={FIELD_LIMITS.message} />
);

/** Days from today that are offered for an answer, and the fewest that may be asked for. */
const [ANSWER_DAYS, SOONEST] = [7, 1];

const Question = () => {
  const { texts } = useBase();
  const { now } = useDesk();
  const today = dayOf(now() as Seconds);
  return (
    <>
      <Letter label={texts.asking.question} hint={texts.asking.questionHint} />
      <TextField
        name="by"
        type="date"
        label={texts.asking.by}
        value={addDays(today, ANSWER_DAYS)}
        min={addDays(today, SOONEST)}
      />
    </>
  );
};

const PriorityField = ({ value }: { readonly value: Priority }) => {
  const { texts, words } = useBase();
  return (
    <Radios
      name="priority"
      legend={texts.forms.priority}
      value={value}
      options={PRIORITIES.map((priority) => ({
        value: priority,
        label: words.priority[priority],
        hint: words.priorityHint[priority],
      }))}
    />
  );
};

const Classify = ({ tip, choice, onChoice }: FieldsProps) => {
  const { lang, texts, words } = useBase();
  const { conducts } = useDesk();
  const { detail } = tip;
  const said = detail.conduct ?? tip.content?.conduct ?? '';
  const [conduct, setConduct] = useState(said);
  const known = conducts.find((candidate) => candidate.id === conduct);
  // An author who gave no name and signature cannot make a denunciation (Luật Tố cáo 2018 Đ22–23).
  const kinds = LEGAL_KINDS.filter((kind) => kind !== 'denunciation' || detail.channel !== 'web');
  return (
    <>
      <SelectField
        name="legalKind"
        label={texts.forms.legalKind}
        empty={texts.forms.choose}
        value={detail.legalKind ?? ''}
        options={kinds.map((kind) => ({ value: kind, label: words.legalKind[kind] }))}
      />
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
      {known?.supportOffer === true ? <p class="field-hint">{texts.forms.supportOffer}</p> : null}
      <PriorityField value={known?.priority ?? detail.priority} key={`priority-${conduct}`} />
      {detail.stage === 'received' ? (
        <Radios
          name="competent"
          legend={texts.forms.competent}
          value={choice.competent === false ? 'no' : 'yes'}
          options={[
            { value: 'yes', label: texts.forms.competentYes },
            { value: 'no', label: texts.forms.competentNo },
          ]}
          onChange={(value) => onChoice({ competent: value === 'yes' })}
        />
      ) : null}
    </>
  );
};

const Assign = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts, words } = useBase();
  const { me } = useDesk();
  return (
    <SelectField
      name="assignee"
      label={texts.forms.assignee}
      empty={texts.forms.choose}
      value={tip.detail.assignee ?? ''}
      options={me.colleagues
        .filter((person) => mayReadTips(person.roles))
        .map((person) => ({
          value: person.staff,
          label: `${person.displayName} (${person.roles.map((role) => words.role[role]).join(', ')})`,
        }))}
    />
  );
};

const Propose = ({ offer, tip, choice, onChoice }: FieldsProps) => {
  const { texts, words } = useBase();
  return (
    <>
      <SelectField
        name="outcome"
        label={texts.forms.outcome}
        empty={texts.forms.choose}
        options={offer.outcomes.map((outcome) => ({ value: outcome, label: words.outcome[outcome] }))}
        onChange={(value) => onChoice(value === '' ? {} : { outcome: value as Outcome })}
      />
      <TextField
        name="documentNumber"
        label={texts.forms.documentNumber}
        hint={offer.apart ? texts.forms.recordNumberHint : texts.forms.documentNumberHint}
        maxlength={ACT_LIMITS.documentNumber}
      />
      {choice.outcome === 'duplicate' ? <MergeField tip={tip.detail.tip} /> : null}
      <Why name="ground" />
    </>
  );
};
