/** @jsxImportSource hono/jsx/dom */
import { ACT_LIMITS } from '../../../domain/plain-act.ts';
import { PRIORITIES, type Priority } from '../../../domain/terms.ts';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import { useBase } from '../context.ts';
import { Choice as Radios, TextArea, TextField } from '../ui/fields.tsx';

/** Why: a few sentences that stay in the tip's history. */
export const Why = ({ name }: { readonly name: 'reason' | 'ground' }) => {
  const { forms } = useBase().texts;
  return <TextArea name={name} label={forms[name]} hint={forms.groundHint} maxlength={ACT_LIMITS[name]} />;
};

/** What the citizen will read. */
export const Letter = (props: {
  readonly label: string;
  readonly hint: string;
  /** A draft to begin with. */
  readonly value?: string;
}) => <TextArea {...props} name="text" rows={8} maxlength={FIELD_LIMITS.message} />;

/** Number of the paper that a step rests on. */
export const DocumentNumber = (props: { readonly label?: string; readonly hint?: string }) => {
  const { forms } = useBase().texts;
  return (
    <TextField
      name="documentNumber"
      label={props.label ?? forms.documentNumber}
      hint={props.hint}
      maxlength={ACT_LIMITS.documentNumber}
    />
  );
};

export const PriorityField = ({ value }: { readonly value: Priority }) => {
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
