import type { Child, FC, PropsWithChildren } from 'hono/jsx';

/**
 * Form controls of both forms. With `name` they are posted (script-less form); without, nothing can leave the page by a submission:
 * only radio buttons of the scripted form carry a name, to be exclusive, and that form never submits.
 */
interface ControlProps {
  readonly id: string;
  readonly label: string;
  readonly name?: string;
  readonly hint?: string;
  readonly error?: string;
}

/**
 * Nothing typed is remembered, completed, corrected or given to a spelling service, some of which send text away. Typed as a plain
 * object because the attribute's text `false` is meant.
 */
export const UNREMEMBERED: object = { autocomplete: 'off', autocorrect: 'off', spellcheck: 'false' };

/** Label, hint and error belong to the control by aria-describedby. */
const described = ({ id, hint, error }: ControlProps): string | undefined => {
  const ids = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ];
  return ids.length === 0 ? undefined : ids.join(' ');
};

/** The frame of one labelled control. */
export const Field: FC<PropsWithChildren<ControlProps & { readonly optional?: string }>> = (props) => (
  <div class={props.error === undefined ? 'field' : 'field wrong'}>
    <label for={props.id}>
      {props.label}
      {props.optional === undefined ? null : <span class="optional"> ({props.optional})</span>}
    </label>
    {props.hint === undefined ? null : (
      <p class="hint" id={`${props.id}-hint`}>
        {props.hint}
      </p>
    )}
    {props.error === undefined ? null : (
      <p class="error" id={`${props.id}-error`}>
        {props.error}
      </p>
    )}
    {props.children}
  </div>
);

/** A text of one or several lines. Nothing is remembered, completed or sent to a spelling service. */
export const TextField: FC<
  ControlProps & {
    readonly max: number;
    readonly rows: number;
    readonly value?: string;
    readonly optional?: string;
  }
> = (props) => {
  const about = described(props);
  const common = {
    id: props.id,
    maxlength: props.max,
    ...UNREMEMBERED,
    ...(props.name === undefined ? {} : { name: props.name }),
    ...(about === undefined ? {} : { 'aria-describedby': about }),
    ...(props.error === undefined ? {} : { 'aria-invalid': 'true' as const }),
  };
  return (
    <Field {...props}>
      {props.rows === 1 ? (
        <input {...common} type="text" value={props.value ?? ''} />
      ) : (
        <textarea {...common} rows={props.rows}>
          {props.value ?? ''}
        </textarea>
      )}
    </Field>
  );
};

/** A text field that finds entries of a long list; the script fills the list and the status below it. */
export const SearchField: FC<{ readonly id: string; readonly label: string; readonly hint: string }> = (
  props,
) => (
  <Field {...props}>
    <div class="combo">
      <input
        id={props.id}
        type="text"
        role="combobox"
        aria-expanded="false"
        aria-controls={`${props.id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${props.id}-hint`}
        autocapitalize="off"
        {...UNREMEMBERED}
        maxlength={100}
      />
      <div id={`${props.id}-list`} role="listbox" aria-label={props.label} hidden />
    </div>
    <p class="hint" id={`${props.id}-status`} role="status" />
  </Field>
);

/** One radio button or checkbox with a whole line to touch. */
export const Choice: FC<{
  readonly type: 'radio' | 'checkbox';
  readonly id: string;
  readonly name?: string;
  readonly value: string;
  readonly label: Child;
  readonly checked?: boolean;
}> = (props) => (
  <div class="choice">
    <input
      type={props.type}
      id={props.id}
      name={props.name}
      value={props.value}
      checked={props.checked === true ? true : undefined}
      autocomplete="off"
    />
    <label for={props.id}>{props.label}</label>
  </div>
);

/** A question with several choices. The heading is the legend. */
export const Question: FC<
  PropsWithChildren<{
    readonly id: string;
    readonly title: string;
    readonly hint?: string;
    readonly error?: string;
    /** 2 for a step's own question, 3 for a question inside a step. */
    readonly level: 2 | 3;
  }>
> = (props) => {
  const Heading = props.level === 2 ? 'h2' : 'h3';
  return (
    <fieldset class={props.error === undefined ? 'question' : 'question wrong'} id={props.id}>
      <legend>
        <Heading id={`${props.id}-title`}>{props.title}</Heading>
      </legend>
      {props.hint === undefined ? null : <p class="hint">{props.hint}</p>}
      {props.error === undefined ? null : <p class="error">{props.error}</p>}
      <div class="choices">{props.children}</div>
    </fieldset>
  );
};
