/** @jsxImportSource hono/jsx/dom */
import { addDays, addMonths, dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { REOPEN_GROUNDS, type ReopenGround, SUSPENSION_GROUNDS } from '../../../domain/life-cycle-types.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { mayReadTips } from '../../../domain/roles.ts';
import { useBase, useDesk } from '../context.ts';
import { Choice as Radios, SelectField, TextField, Tick } from '../ui/fields.tsx';
import { ExtensionFields } from './extension-fields.tsx';
import { letterFor } from './letter-for.ts';
import { NoticeFields } from './notice-fields.tsx';
import { ProcuracyField } from './procuracy-field.tsx';
import type { FieldsProps } from './step-fields.tsx';
import { DocumentNumber, Why } from './text-fields.tsx';

/** What the steps of `transitions-law.ts` need to be told; null for one that needs nothing. */
export const LawFields = (props: FieldsProps) => {
  const { law, texts } = useBase();
  const t = texts.lawForms;
  const { tip } = props;
  switch (props.offer.step) {
    case 'receipt_noticed':
      return <Receipt {...props} />;
    case 'suspension_noticed':
      return (
        <NoticeFields
          tip={tip}
          label={t.suspensionNotice}
          hint={t.receiptHint}
          value={letterFor(tip, 'suspended')}
        />
      );
    case 'child_measures_taken':
      return <Paper label={t.childDocument} why="ground" />;
    case 'assignment_proposed':
      return <DocumentNumber label={t.assignmentDocument} />;
    case 'extension_proposed':
      return <ExtensionFields tip={tip} />;
    case 'extended':
      return <DocumentNumber label={t.extensionDecision} />;
    case 'extension_refused':
    case 'suspension_refused':
      return <Why name="reason" />;
    case 'suspension_proposed':
      return (
        <>
          <Radios
            name="why"
            legend={t.suspension}
            options={SUSPENSION_GROUNDS.map((value) => ({ value, label: law.suspensionGround[value] }))}
          />
          <ProcuracyField tip={tip} />
          <Paper label={t.suspensionDocument} why="ground" />
        </>
      );
    case 'suspended':
      return <Tick name="agree" label={t.approveSuspension} required />;
    case 'suspension_annulled':
      return <Paper label={t.annulDocument} why="reason" />;
    case 'resumed':
      return <Paper label={t.resumeDocument} why="ground" />;
    case 'file_passed':
      return (
        <>
          <TextField name="agency" label={t.agency} maxlength={ACT_LIMITS.agency} />
          <DocumentNumber label={t.fileDocument} />
        </>
      );
    case 'reopened':
      return <Reopen {...props} />;
    case 'post_check_set':
      return <FollowUp {...props} />;
    case 'post_check_done':
      return (
        <>
          <Radios
            name="result"
            legend={t.checkResult}
            options={(['clean', 'again', 'not_found'] as const).map((value) => ({
              value,
              label: law.checkResult[value],
            }))}
          />
          <Why name="reason" />
        </>
      );
    default:
      return null;
  }
};

/** The paper that a step rests on, and why. */
const Paper = ({ label, why }: { readonly label: string; readonly why: 'reason' | 'ground' }) => (
  <>
    <DocumentNumber label={label} />
    <Why name={why} />
  </>
);

/** Receipt is told to the sender, and of crime also to the procuracy (TTLT 01/2017 Đ14.1). */
const Receipt = ({ tip }: FieldsProps) => {
  const { texts } = useBase();
  const t = texts.lawForms;
  const kind = tip.detail.state.legalKind;
  return (
    <>
      {kind !== null && tip.law.kinds.get(kind)?.procuracy === true ? <ProcuracyField tip={tip} /> : null}
      <NoticeFields tip={tip} label={t.receipt} hint={t.receiptHint} value={letterFor(tip, 'receipt')} />
    </>
  );
};

const Reopen = ({ tip }: FieldsProps) => {
  const { law, texts } = useBase();
  const t = texts.lawForms;
  // Only somebody above annuls what the unit decided.
  const inside = tip.actor.unit === tip.detail.state.unit;
  const grounds = REOPEN_GROUNDS.filter((ground: ReopenGround) => !inside || ground !== 'decision_annulled');
  return (
    <>
      <Radios
        name="why"
        legend={t.reopenWhy}
        options={grounds.map((value) => ({ value, label: law.reopenGround[value] }))}
      />
      <Paper label={t.reopenDocument} why="reason" />
    </>
  );
};

/** A follow-up: the day, what is looked at, and two people who answer for it. */
const FollowUp = ({ tip }: FieldsProps) => {
  const { law, texts } = useBase();
  const { me, now } = useDesk();
  const t = texts.lawForms;
  const today = dayOf(now() as Seconds);
  const people = me.colleagues
    .filter((person) => mayReadTips(person.roles))
    .map((person) => ({ value: person.staff as string, label: person.displayName }));
  return (
    <>
      <TextField
        name="day"
        type="date"
        label={t.checkDay}
        value={addMonths(today, 1)}
        min={addDays(today, 1)}
        max={addDays(today, 366)}
      />
      <Radios
        name="kind"
        legend={t.checkKind}
        value={tip.detail.outcome === 'sanctioned' ? 'sanction' : 'hotspot'}
        options={(['sanction', 'hotspot'] as const).map((value) => ({ value, label: law.checkKind[value] }))}
      />
      <SelectField name="focal" label={t.checkFocal} empty={texts.forms.choose} options={people} />
      <SelectField name="deputy" label={t.checkDeputy} empty={texts.forms.choose} options={people} />
    </>
  );
};
