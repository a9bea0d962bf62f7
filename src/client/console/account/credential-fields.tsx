/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { TextField } from '../ui/fields.tsx';

/** A passphrase field that can be read when nobody looks over the shoulder. */
export const PassphraseField = (props: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}) => {
  const { texts } = useBase();
  const [shown, setShown] = useState(false);
  return (
    <div class="section">
      <TextField
        name={props.name}
        label={props.label}
        hint={props.hint}
        type={shown ? 'text' : 'password'}
        autocomplete="off"
        maxlength={256}
      />
      <div class="option">
        <input type="checkbox" id={`${props.name}-show`} checked={shown} onChange={() => setShown(!shown)} />
        <label for={`${props.name}-show`}>{texts.login.show}</label>
      </div>
    </div>
  );
};

/** The passphrase of whoever sits here, as they have it on paper. */
export const OwnPassphrase = () => {
  const { texts } = useBase();
  return (
    <PassphraseField name="passphrase" label={texts.login.passphrase} hint={texts.login.passphraseHint} />
  );
};

/** Name of one's account. */
export const AccountField = () => {
  const { texts } = useBase();
  return <TextField name="account" label={texts.login.account} autocomplete="username" maxlength={64} />;
};
