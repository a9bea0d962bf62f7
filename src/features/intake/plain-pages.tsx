import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { AnswerProblem, TipAnswers } from '../../domain/tip-form.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { readForm } from '../../http/kit/body.ts';
import { errorBody, toAppError } from '../../http/kit/errors.ts';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import { checkSameOrigin } from '../../http/kit/same-origin.ts';
import { fill } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import { issueFormToken } from './form-token.ts';
import { answersFrom, type PlainProvince, plainProvinces } from './plain-fields.ts';
import { sendPlain } from './plain-form.ts';
import type { FormReference } from './reference.ts';
import { PlainForm } from './views/plain-form.tsx';
import { PlainDone, PlainProvinces } from './views/plain-pages.tsx';
import { textsOf } from './views/texts.ts';

/** Largest posted form, in bytes: the longest texts, percent-escaped. */
const MAX_FORM_BYTES = 512 * 1024;

/** What is shown again when a form was not sent. */
interface Again {
  /** The token that the form came with; null for a new one. */
  readonly token: string | null;
  readonly answers: TipAnswers | null;
  readonly problems: readonly AnswerProblem[];
  readonly remark: string;
  /** True when the tip of this page arrived before: sending now makes a second one. */
  readonly arrived: boolean;
  readonly status: ContentfulStatusCode;
}

const FRESH: Again = { token: null, answers: null, problems: [], remark: '', arrived: false, status: 200 };

/** `/tip/plain` and `/help/plain`: the form for browsers without script, where it is switched on. */
export function plainPages(deps: Deps, reference: FormReference): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const provinceOf = plainProvinces(deps, reference);
  const only = reference.provinces.length === 1 ? reference.provinces[0]?.code : undefined;

  for (const support of [false, true]) {
    const path = support ? '/help/plain' : '/tip/plain';
    const page = (c: AppContext, province: PlainProvince, again: Again): Response => {
      const lang = langOf(c);
      const t = textsOf(lang).plain;
      const form = (
        <PlainForm
          {...again}
          lang={lang}
          support={support}
          path={path}
          token={again.token ?? issueFormToken(deps)}
          reference={reference}
          province={province}
        />
      );
      return renderPage(c, deps, { title: support ? t.titleSupport : t.title, path }, form, again.status);
    };

    app.get(path, (c) => {
      if (deps.sealer === null) throw new AppError('sealer_off');
      const lang = langOf(c);
      const t = textsOf(lang).plain;
      const province = provinceOf(only ?? c.req.query('province') ?? '');
      if (province) return page(c, province, FRESH);
      const { provinces } = reference;
      return renderPage(
        c,
        deps,
        { title: support ? t.titleSupport : t.title, path },
        <PlainProvinces lang={lang} support={support} path={path} provinces={provinces} />,
      );
    });

    app.post(path, async (c) => {
      if (deps.sealer === null) throw new AppError('sealer_off');
      checkSameOrigin(c, deps, true);
      const lang = langOf(c);
      const t = textsOf(lang);
      const fields = await readForm(c, MAX_FORM_BYTES);
      const province = provinceOf(fields.get('province') ?? '');
      if (!province) throw new AppError('field_invalid', { field: 'province' });
      const answers = answersFrom(fields, { lang, support }, reference, province);
      const token = fields.get('token') ?? '';
      const again: Again = { ...FRESH, token, answers, status: 400 };
      try {
        const outcome = await sendPlain(deps, reference, answers, token);
        if (outcome.kind === 'problems') return page(c, province, { ...again, problems: outcome.problems });
        if (outcome.kind === 'no_unit') return page(c, province, { ...again, remark: t.sending.noUnit });
        const { sealed } = outcome;
        return renderPage(
          c,
          deps,
          { title: t.plain.doneTitle, path, emergency: false },
          <PlainDone lang={lang} sealed={sealed} />,
        );
      } catch (thrown) {
        // Whatever went wrong, the text comes back to whoever wrote it.
        const error = toAppError(thrown);
        c.set('errorCode', error.code);
        if (error.status >= 500) deps.log.service('error', 'plain_form_failed', { code: error.code });
        if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter)));
        const remarks: Partial<Record<ErrorCode, string>> = {
          form_spent: t.plain.arrived,
          form_token: t.plain.again,
          sealer_busy: t.plain.busy,
          sealer_quota: t.plain.quota,
        };
        const message = errorBody(error).error.message[lang];
        return page(c, province, {
          ...again,
          // A token that can still be used is given back: should the tip have arrived all the same, the next post is the same tip.
          token: error.code === 'form_spent' || error.code === 'form_token' ? null : again.token,
          remark: remarks[error.code] ?? fill(t.plain.notSent, { message }),
          arrived: error.code === 'form_spent',
          status: error.status as ContentfulStatusCode,
        });
      }
    });
  }
  return app;
}
