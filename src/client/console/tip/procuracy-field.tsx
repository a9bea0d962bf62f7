/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { SelectField } from '../ui/fields.tsx';
import { Notice } from '../ui/parts.tsx';
import type { OpenedTip } from '../worker/calls.ts';

/** The procuracy that is told or asked; never one that the sender kept out. */
export const ProcuracyField = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts } = useBase();
  const t = texts.lawForms;
  if (tip.procuracies.length === 0) return <Notice kind="warning" title={t.noProcuracy} />;
  return (
    <SelectField
      name="toUnit"
      label={t.procuracy}
      value={tip.detail.state.supervisor ?? tip.procuracies[0] ?? ''}
      options={tip.procuracies.map((unit) => ({ value: unit, label: tip.unitNames[unit]?.[lang] ?? unit }))}
    />
  );
};
