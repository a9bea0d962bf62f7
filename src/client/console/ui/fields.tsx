/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

const describedBy = ({ name, hint, problem }: FieldProps): string | undefined => {
  const ids = [
    hint === undefined ? '' : `${name}-hint`,
    problem === undefined ? '' : `${name}-problem`,
  ].filter((id) => id !== '');
  return ids.length === 0 ? undefined : ids.join(' ');
};

const Field = (props: FieldProps & { readonly children: Child }) => (
  <div class="field">
    <label for={props.name}>{props.label}</label>
    {props.hint === undefined ? null : (
      <span class="field-hint" id={`${props.name}-hint`}>
        {props.hint}
      </span>
    )}
    {props.problem === undefined ? null : (
      <span class="field-problem" id={`${props.name}-problem`}>
        {props.problem}
      </span>
    )}
    {props.children}
  </div>
);

/** One line of text. */
export const TextField = (
  props: FieldProps & {
    readonly type?: 'text' | 'password' | 'date' | 'number' | 'email';
    readonly value?: string;
    readonly autocomplete?: string;
    readonly inputmode?: 'numeric' | 'text';
    readonly pattern?: string;
    readonly min?: string;
    readonly max?: string;
    readonly maxlength?: number;
    readonly required?: boolean;
    readonly class?: string;
    readonly spellcheck?: boolean;
    readonly onInput?: (value: string) => void;
  },
) => (
  <Field {...props}>
    <input
      id={props.name}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      class={`input ${props.class ?? ''}`}
      autocomplete={props.autocomplete ?? 'off'}
      inputmode={props.inputmode}
      pattern={props.pattern}
      min={props.min}
      max={props.max}
      maxlength={props.maxlength}
      required={props.required ?? true}
      spellcheck={props.spellcheck === true}
      autocapitalize="none"
      aria-invalid={props.problem === undefined ? undefined : 'true'}
      aria-describedby={describedBy(props)}
      onInput={(event: Event) => props.onInput?.((event.target as HTMLInputElement).value)}
    />
  </Field>
);

/** Several lines of text. */
export const TextArea = (
  props: FieldProps & {
    readonly rows?: number;
    readonly maxlength: number;
    readonly required?: boolean;
    readonly value?: string;
  },
) => (
  <Field {...props}>
    <textarea
      id={props.name}
      name={props.name}
      class="input"
      rows={props.rows ?? 4}
      maxlength={props.maxlength}
      required={props.required ?? true}
      value={props.value}
      aria-invalid={props.problem === undefined ? undefined : 'true'}
      aria-describedby={describedBy(props)}
    />
  </Field>
);

/** One of a list. `value` empty asks the person to choose. */
export const SelectField = (
  props: FieldProps & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly value?: string;
    readonly empty?: string;
    readonly required?: boolean;
    readonly onChange?: (value: string) => void;
  },
) => (
  <Field {...props}>
    <select
      id={props.name}
      name={props.name}
      class="input"
      required={props.required ?? true}
      aria-invalid={props.problem === undefined ? undefined : 'true'}
      aria-describedby={describedBy(props)}
      onChange={(event: Event) => props.onChange?.((event.target as HTMLSelectElement).value)}
    >
      {props.empty === undefined ? null : <option value="">{props.empty}</option>}
      {props.options.map((option) => (
        <option value={option.value} key={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
);

/** One of a few, all in sight, each with a hint of its own. */
export const Choice = (props: {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}) => (
  <fieldset class="choice">
    <legend>{props.legend}</legend>
    {props.options.map((option) => (
      <div class="option" key={option.value}>
        <input
          type="radio"
          id={`${props.name}-${option.value}`}
          name={props.name}
          value={option.value}
          checked={option.value === props.value}
          required
          aria-describedby={option.hint === undefined ? undefined : `${props.name}-${option.value}-hint`}
          onChange={() => props.onChange?.(option.value)}
        />
        <label for={`${props.name}-${option.value}`}>{option.label}</label>
        {option.hint === undefined ? null : (
          <span class="option-hint" id={`${props.name}-${option.value}-hint`}>
            {option.hint}
          </span>
        )}
      </div>
    ))}
  </fieldset>
);

/** A box to tick. */
export const Tick = (props: {
  readonly name: string;
  readonly label: string;
  /** What ticking it brings about. */
  readonly hint?: string;
  readonly required?: boolean;
  readonly value?: string;
  readonly checked?: boolean;
  readonly onChange?: (checked: boolean) => void;
}) => (
  <div class="option">
    <input
      type="checkbox"
      id={`${props.name}-${props.value ?? 'yes'}`}
      name={props.name}
      value={props.value ?? 'yes'}
      checked={props.checked === true}
      required={props.required === true}
      aria-describedby={props.hint === undefined ? undefined : `${props.name}-hint`}
      onChange={(event: Event) => props.onChange?.((event.target as HTMLInputElement).checked)}
    />
    <label for={`${props.name}-${props.value ?? 'yes'}`}>{props.label}</label>
    {props.hint === undefined ? null : (
      <span class="option-hint" id={`${props.name}-hint`}>
        {props.hint}
      </span>
    )}
  </div>
);

/** The fields of a submitted form, NFC and trimmed. A file or an absent field is empty. */
export const readForm = (event: Event): ((name: string) => string) => {
  event.preventDefault();
  return fieldsOf(event.currentTarget as HTMLFormElement);
};

/** The fields of a form as they stand, NFC and trimmed. */
export const fieldsOf = (form: HTMLFormElement): ((name: string) => string) => {
  const data = new FormData(form);
  return (name) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.normalize('NFC').trim() : '';
  };
};
