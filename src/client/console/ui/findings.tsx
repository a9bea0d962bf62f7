/** @jsxImportSource hono/jsx/dom */
import type { Finding } from '../../inspect/api.ts';
import { useBase } from '../context.ts';

/** What a file tells beside what is seen or heard in it, one line a kind, what leads to a person first. Nothing where it tells nothing. */
export const Findings = ({ findings }: { readonly findings: readonly Finding[] }) => {
  const { finding } = useBase().texts.files;
  const kinds = (Object.keys(finding) as Finding['kind'][]).filter((kind) =>
    findings.some((one) => one.kind === kind),
  );
  if (kinds.length === 0) return null;
  return (
    <ul class="plain-list findings small">
      {kinds.map((kind) => {
        const values = findings.filter((one) => one.kind === kind && one.text !== '').map(({ text }) => text);
        const said = values.length === 0 || kind === 'after_end' ? '' : `: ${values.join(', ')}`;
        return <li key={kind}>{`${finding[kind]}${said}`}</li>;
      })}
    </ul>
  );
};
