/** @jsxImportSource hono/jsx/dom */

import { ACT_LIMITS } from '../../../domain/event-parts.ts';
import { mayReadTips } from '../../../domain/roles.ts';
import { LEGAL_KINDS, type Outcome, PRIORITIES, type Priority } from '../../../domain/terms.ts';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Choice as Radios, SelectField, TextArea, TextField, Tick } from '../ui/fields.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import type { Offer } from './actions.tsx';
import type { Choice } from './consequence.ts';
import { UnitField } from './unit-field.tsx';

interface FieldsProps {
  readonly offer: Offer;
  readonly tip: OpenedTip;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
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
          <TextArea
            name="reason"
            label={forms.reason}
            hint={forms.groundHint}
            maxlength={ACT_LIMITS.reason}
          />
        </>
      );
    case 'assigned':
      return <Assign tip={props.tip} />;
    case 'verification_started':
      return <TextArea name="plan" label={forms.plan} hint={forms.planHint} maxlength={ACT_LIMITS.plan} />;
    case 'resolution_proposed':
      return <Propose {...props} />;
    case 'resolution_refused':
      return (
        <TextArea name="reason" label={forms.reason} hint={forms.groundHint} maxlength={ACT_LIMITS.reason} />
      );
    case 'resolved':
      return <Tick name="agree" label={forms.approve} required />;
    case 'notified':
      return (
        <TextArea
          name="text"
          label={forms.answer}
          hint={forms.answerHint}
          rows={8}
          maxlength={FIELD_LIMITS.message}
        />
      );
    case 'message_posted':
      return (
        <TextArea
          name="text"
          label={forms.message}
          hint={forms.messageHint}
          rows={8}
          maxlength={FIELD_LIMITS.message}
        />
      );
    case 'transfer_sent':
      return (
        <>
          <UnitField tip={props.tip.detail.tip} holder={props.tip.detail.unit} />
          <TextArea
            name="ground"
            label={forms.ground}
            hint={forms.groundHint}
            maxlength={ACT_LIMITS.ground}
          />
        </>
      );
    case 'transfer_returned':
      return (
        <TextArea name="ground" label={forms.ground} hint={forms.groundHint} maxlength={ACT_LIMITS.ground} />
      );
    case 'printed':
      return <p class="field-hint">{forms.print}</p>;
    default:
      return null;
  }
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

const Propose = ({ offer, onChoice }: FieldsProps) => {
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
      <TextArea
        name="ground"
        label={texts.forms.ground}
        hint={texts.forms.groundHint}
        maxlength={ACT_LIMITS.ground}
      />
    </>
  );
};
