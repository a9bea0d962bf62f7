/** @jsxImportSource hono/jsx/dom */

import { addDays, dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { NO_CASE_GROUNDS } from '../../../domain/life-cycle-types.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { mayReadTips } from '../../../domain/roles.ts';
import type { Outcome } from '../../../domain/terms.ts';
import { useBase, useDesk } from '../context.ts';
import { Choice as Radios, SelectField, TextArea, TextField, Tick } from '../ui/fields.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import type { Offer } from './actions.tsx';
import { ClassifyFields } from './classify-fields.tsx';
import type { Choice } from './consequence.ts';
import { DivertFields } from './divert-fields.tsx';
import { PAPERS, sentOn } from './form-03.tsx';
import { LawFields } from './law-fields.tsx';
import { letterFor } from './letter-for.ts';
import { MergeField } from './merge-field.tsx';
import { NoticeFields } from './notice-fields.tsx';
import { DocumentNumber, Letter, PriorityField, Why } from './text-fields.tsx';
import { ReturnFields, TransferFields } from './transfer-fields.tsx';
import { UnitField } from './unit-field.tsx';

/** What every step's fields are given. */
export interface FieldsProps {
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
      return <ClassifyFields {...props} />;
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
      return (
        <NoticeFields
          tip={props.tip}
          label={forms.answer}
          hint={forms.answerHint}
          value={letterFor(props.tip, 'outcome')}
        />
      );
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
          <ConsentUnit {...props} />
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
      return <TransferFields {...props} />;
    case 'transfer_returned':
      return <ReturnFields />;
    case 'diverted':
      return <DivertFields {...props} />;
    case 'printed':
      return (
        <>
          {sentOn(props.tip) === undefined ? null : (
            <Radios
              name="paper"
              legend={texts.form03.paper}
              value="page"
              options={PAPERS.map((value) => ({ value, label: texts.form03.papers[value] }))}
            />
          )}
          <p class="field-hint">{forms.print}</p>
        </>
      );
    default:
      return <LawFields {...props} />;
  }
};

const ConsentUnit = ({ tip, onChecking }: FieldsProps) => (
  <UnitField tip={tip.detail.tip} holder={tip.detail.unit} purpose="consent" onChecking={onChecking} />
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
      <DocumentNumber hint={offer.apart ? texts.forms.recordNumberHint : texts.forms.documentNumberHint} />
      {choice.outcome === 'duplicate' ? <MergeField tip={tip.detail.tip} /> : null}
      {choice.outcome === 'not_prosecuted' ? <NoCase /> : null}
      {choice.outcome === 'transferred' ? (
        <TextField
          name="acknowledgedBy"
          label={texts.lawForms.acknowledgedBy}
          hint={texts.lawForms.acknowledgedByHint}
          maxlength={ACT_LIMITS.agency}
        />
      ) : null}
      <Why name="ground" />
    </>
  );
};

/** Why there is no case (BLTTHS Đ157), and whether the file goes on to be punished as a violation (TTLT 01/2017 Đ16.1). */
const NoCase = () => {
  const { law, texts } = useBase();
  const t = texts.lawForms;
  return (
    <>
      <SelectField
        name="noCase"
        label={t.noCase}
        empty={texts.forms.choose}
        options={NO_CASE_GROUNDS.map((value) => ({ value, label: law.noCase[value] }))}
      />
      <Radios
        name="violationLeft"
        legend={t.violationLeft}
        options={[
          { value: 'no', label: t.violationLeftNo },
          { value: 'yes', label: t.violationLeftYes },
        ]}
      />
    </>
  );
};
