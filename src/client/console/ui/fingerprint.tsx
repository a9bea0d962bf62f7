/** @jsxImportSource hono/jsx/dom */

/** A fingerprint in numbered groups, to be read aloud and compared one by one. */
export const Fingerprint = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <ol class="fingerprint" aria-label={label}>
    {text.split(' ').map((group, index) => (
      <li key={`${String(index)}-${group}`}>{group}</li>
    ))}
  </ol>
);
