import type { FC } from 'hono/jsx';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import type { TextField as FreeText } from '../../../domain/tip-form.ts';
import type { Lang } from '../../../i18n/index.ts';
import { TextField } from './controls.tsx';
import { Callout } from './parts.tsx';
import { textsOf } from './texts.ts';

/** The two groups of texts that may be left empty: each field and its rows. */
const GROUPS = {
  details: [
    ['when', 2],
    ['where', 3],
  ],
  people: [
    ['who', 4],
    ['how', 3],
  ],
} as const;

/** What a form adds to a field: the script-less one a name, what was typed, and a remark. */
type More = (id: FreeText) => { readonly name?: string; readonly value?: string; readonly error?: string };
const nothing: More = () => ({});

interface FreeTextProps {
  readonly lang: Lang;
  readonly more?: More;
}

/** The tip in the citizen's own words, with the warning not to give themselves away. */
export const WhatText: FC<FreeTextProps & { readonly support: boolean }> = ({ lang, support, more }) => {
  const t = textsOf(lang).form.what;
  return (
    <>
      <h2>{support ? t.titleSupport : t.title}</h2>
      <Callout tone="warn" title={t.warnTitle}>
        <p>{t.warn}</p>
      </Callout>
      <TextField
        id="what"
        label={t.label}
        hint={support ? t.hintSupport : t.hint}
        max={FIELD_LIMITS.what}
        rows={9}
        {...(more ?? nothing)('what')}
      />
    </>
  );
};

/** A heading and the texts below it, each of which may be left empty. */
export const OptionalTexts: FC<FreeTextProps & { readonly group: keyof typeof GROUPS }> = (props) => {
  const { form, common } = textsOf(props.lang);
  const texts = { ...form.details, ...form.people };
  return (
    <>
      <h2>{form[props.group].title}</h2>
      {GROUPS[props.group].map(([id, rows]) => (
        <TextField
          id={id}
          label={texts[id]}
          hint={texts[`${id}Hint`]}
          max={FIELD_LIMITS[id]}
          rows={rows}
          optional={common.optional}
          {...(props.more ?? nothing)(id)}
        />
      ))}
    </>
  );
};
