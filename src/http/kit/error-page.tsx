import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppError } from '../../domain/errors.ts';
import { localPath, otherLang } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import { errorBody } from './errors.ts';
import { langOf } from './lang.ts';
import { errorFrame, frameTexts, renderPage } from './layout.tsx';

/** HTML answer for an error: the sentence in the page's language, then in the other, the code, and a way back. */
export function errorPage(c: Context, deps: Deps, error: AppError): Response {
  const lang = langOf(c);
  const other = otherLang(lang);
  const t = frameTexts(lang);
  const { message } = errorBody(error).error;
  const title = error.code === 'not_found' ? t.notFoundTitle : t.errorTitle;
  c.set('errorCode', error.code);
  if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter)));
  const body = (
    <div class="error-page">
      <h1>{title}</h1>
      <p class="lead">{message[lang]}</p>
      <p lang={other}>{message[other]}</p>
      <p class="hint">
        {t.errorCode}: <code>{error.code}</code>
        {error.field === undefined ? null : (
          <>
            {' '}
            (<code>{error.field}</code>)
          </>
        )}
      </p>
      <p class="actions">
        <a class="button quiet" href={localPath(lang, '/')}>
          {t.back}
        </a>
      </p>
    </div>
  );
  return renderPage(c, deps, errorFrame(c, title), body, error.status as ContentfulStatusCode);
}
