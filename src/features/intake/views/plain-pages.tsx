import type { FC } from 'hono/jsx';
import { fill, type Lang, localPath } from '../../../i18n/index.ts';
import type { ServerSealed } from '../../../ports/sealer.ts';
import { formatReceiptCode } from '../../../protocol/receipt-code.ts';
import { ActionLink, Foot } from './parts.tsx';
import { textsOf } from './texts.ts';

/** First question where several provinces are served: a long list of all communes would be slow on a poor line. */
export const PlainProvinces: FC<{
  readonly lang: Lang;
  readonly support: boolean;
  readonly path: string;
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
}> = ({ lang, support, path, provinces }) => {
  const { plain: t, form } = textsOf(lang);
  return (
    <>
      <h1>{support ? t.titleSupport : t.title}</h1>
      <h2>{support ? form.place.titleSupport : t.chooseProvince}</h2>
      <ul class="doors">
        {provinces.map(({ code, name }) => (
          <li>
            <a class="door" href={`${localPath(lang, path)}?province=${code}`}>
              <b>{name}</b>
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{form.place.elsewhere}</p>
      <Foot lang={lang} here={path} />
    </>
  );
};

/** The code, once. */
export const PlainDone: FC<{ readonly lang: Lang; readonly sealed: ServerSealed }> = ({ lang, sealed }) => {
  const { plain: t, sending } = textsOf(lang);
  const unit = lang === 'vi' ? sealed.nameVi : sealed.nameEn;
  return (
    <>
      <h1>{t.doneTitle}</h1>
      <p class="lead">{sending.codeLead}</p>
      <ol class="code" aria-label={sending.codeLabel}>
        {formatReceiptCode(sealed.code)
          .split(' ')
          .map((group) => (
            <li>{group}</li>
          ))}
      </ol>
      <p>{t.keep}</p>
      <p>{sending.codeCare}</p>
      {sealed.fallback ? <p>{fill(t.fallback, { unit })}</p> : null}
      <p class="hint">{fill(t.sealed, { unit, fingerprint: sealed.fingerprint })}</p>
      <p class="actions no-print">
        <ActionLink href={localPath(lang, '/mailbox/plain')} quiet>
          {t.read}
        </ActionLink>
      </p>
      <Foot lang={lang} here="" />
    </>
  );
};
