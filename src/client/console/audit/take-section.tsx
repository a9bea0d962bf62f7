/** @jsxImportSource hono/jsx/dom */
import { fromBase64Url } from '../../../protocol/base64.ts';
import { encodeCredentialFile } from '../../../protocol/credential-file.ts';
import { useBase, useDesk } from '../context.ts';
import type { Me } from '../wire.ts';
import { saveBytes } from './save.ts';
import { auditTexts } from './texts.ts';
import type { CheckpointView } from './wire.ts';

/** What opens a bundle on another machine: closed under the passphrase as the service keeps it. */
const keyFileOf = ({ instance, staff, account, cost, wrappedSecrets }: Me): Uint8Array =>
  encodeCredentialFile({
    ...{ instance, staff, account },
    salt: fromBase64Url(cost.salt),
    cost: { passes: cost.passes, memoryKiB: cost.memoryKiB },
    wrappedSecrets: fromBase64Url(wrappedSecrets),
  });

/** The sealed bundle and the key file, for checking it away from here. */
export const TakeSection = ({ kind, size }: Pick<CheckpointView, 'size'> & { readonly kind: string }) => {
  const { lang } = useBase();
  const { me, tell } = useDesk();
  const t = auditTexts(lang).take;
  const keyName = `tinkin-${me.account}.json`;
  return (
    <section class="section" aria-labelledby="take">
      <h2 id="take">{t.title}</h2>
      <p class="soft">{t.lead}</p>
      <div class="buttons">
        <a class="button" href="/api/staff/audit/bundle" download>
          {t.bundle}
        </a>
        <button
          type="button"
          class="button button-plain"
          onClick={() => {
            saveBytes(keyName, keyFileOf(me));
            tell(t.keySaved);
          }}
        >
          {t.key}
        </button>
      </div>
      <p class="small soft">{t.keyHint}</p>
      <p class="small">
        <code>{`tinkin audit verify tinkin-${kind}-${size}.tk1b --key ${keyName}`}</code>
      </p>
    </section>
  );
};
