/** @jsxImportSource hono/jsx/dom */
import { DIVERT_GROUNDS } from '../../../domain/life-cycle-types.ts';
import { mayBeDivertedTo } from '../../../domain/routing.ts';
import { useBase, useDesk } from '../context.ts';
import { SelectField } from '../ui/fields.tsx';
import { useLoad } from '../use-load.ts';
import type { FieldsProps } from './step-fields.tsx';
import { Why } from './text-fields.tsx';
import { unitsNear } from './unit-field.tsx';

/**
 * Where a tip about its own unit goes: only units to which the routes send such tips can be chosen. That the sender did not exclude the one that
 * is chosen is looked up when the tip is opened for it.
 */
export const DivertFields = ({ tip }: FieldsProps) => {
  const { lang, law, texts } = useBase();
  const { me } = useDesk();
  const { unit } = tip.detail;
  const province = /^\d{2}(?=-)/.exec(unit)?.[0] ?? me.province;
  const { loaded } = useLoad(() => unitsNear(province), province);
  const units = loaded.state === 'ready' ? loaded.value : [];
  const t = texts.divert;
  return (
    <>
      <SelectField
        name="toUnit"
        label={t.toUnit}
        hint={t.hint}
        empty={texts.forms.choose}
        options={units
          .filter(({ code }) => mayBeDivertedTo(code, unit, tip.law.routes))
          .map(({ code, nameVi, nameEn }) => ({ value: code, label: lang === 'vi' ? nameVi : nameEn }))}
      />
      <SelectField
        name="why"
        label={t.why}
        value="conflict"
        options={DIVERT_GROUNDS.map((value) => ({ value, label: law.divertGround[value] }))}
      />
      <Why name="ground" />
      {tip.detail.access === 'diverting' ? <p class="field-hint">{t.withoutWords}</p> : null}
    </>
  );
};
