/** @jsxImportSource hono/jsx/dom */
import { dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { RETURN_GROUNDS, TRANSFER_GROUNDS } from '../../../domain/life-cycle-types.ts';
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { useBase, useDesk } from '../context.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import type { FieldsProps } from './step-fields.tsx';
import { DocumentNumber, Why } from './text-fields.tsx';
import { UnitField } from './unit-field.tsx';

/** A transfer with what form 03 says of it (TT 28/2020/TT-BCA). */
export const TransferFields = ({ tip, onChecking }: FieldsProps) => {
  const { law, texts } = useBase();
  const { now } = useDesk();
  const { detail } = tip;
  const t = texts.transfer;
  return (
    <>
      <UnitField tip={detail.tip} holder={detail.unit} purpose="transfer" onChecking={onChecking} />
      <SelectField
        name="why"
        label={t.why}
        empty={texts.forms.choose}
        options={TRANSFER_GROUNDS.map((value) => ({ value, label: law.transferGround[value] }))}
      />
      <Why name="ground" />
      <DocumentNumber label={t.documentNumber} />
      <TextField name="documentDay" type="date" label={t.documentDay} value={dayOf(now() as Seconds)} />
      <TextField
        name="pages"
        type="number"
        label={t.pages}
        value="1"
        min="1"
        max={String(ACT_LIMITS.pages)}
        inputmode="numeric"
      />
    </>
  );
};

/** Why a tip goes back to whoever sent it. */
export const ReturnFields = () => {
  const { law, texts } = useBase();
  const t = texts.transfer;
  return (
    <>
      <SelectField
        name="why"
        label={t.returnWhy}
        empty={texts.forms.choose}
        options={RETURN_GROUNDS.map((value) => ({ value, label: law.returnGround[value] }))}
      />
      <Why name="ground" />
    </>
  );
};
