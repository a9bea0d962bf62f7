/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';

const KINDS = { main: 'button button-main', danger: 'button button-danger', plain: 'button' } as const;

/** The last row of a form: the button that sends it, what else may be done instead, and a word on the work while it goes on. */
export const SubmitRow = (props: {
  readonly label: string;
  readonly busy: boolean;
  /** `main` unless something else is said. */
  readonly kind?: keyof typeof KINDS;
  /** Said while the form is being sent. */
  readonly working?: string;
  readonly children?: Child;
}) => (
  <div class="buttons">
    <button type="submit" class={KINDS[props.kind ?? 'main']} disabled={props.busy}>
      {props.label}
    </button>
    {props.children}
    {props.working === undefined ? null : (
      <span class="small soft" role="status">
        {props.busy ? props.working : ''}
      </span>
    )}
  </div>
);
