import { Hono } from 'hono';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { allowHcaptcha } from '../../http/kit/hcaptcha-policy.ts';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import type { Deps } from '../../ports/deps.ts';
import { plainPages } from './plain-pages.tsx';
import { formReference } from './reference.ts';
import { HcaptchaPage } from './views/hcaptcha-page.tsx';
import { Home } from './views/home.tsx';
import { Anonymity, Help, LostCode } from './views/info.tsx';
import { textsOf } from './views/texts.ts';
import { TipForm } from './views/tip-form.tsx';

/**
 * Citizens' pages around sending: home, the form, help, what anonymity means, a lost code, and hCaptcha's check where it is chosen.
 * Addresses are without language; the app mounts them once for Vietnamese and once under `/en`.
 */
export function intakePages(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const reference = formReference(deps);
  const provinces = reference.provinces.map(({ name }) => name);

  app.get('/', (c) => {
    const lang = langOf(c);
    return renderPage(
      c,
      deps,
      { title: textsOf(lang).home.title, path: '/', emergency: false },
      <Home lang={lang} provinces={provinces} />,
    );
  });

  for (const support of [false, true]) {
    const path = support ? '/help/write' : '/tip';
    app.get(path, (c) => {
      const lang = langOf(c);
      const t = textsOf(lang).form;
      return renderPage(
        c,
        deps,
        { title: support ? t.titleSupport : t.title, path, scripts: ['form'] },
        <TipForm
          lang={lang}
          support={support}
          reference={reference}
          worker={deps.assets.url('worker')}
          inspector={deps.assets.url('inspect-worker')}
          carrier={deps.assets.url('line-worker')}
          attachmentBytes={deps.limits.attachmentBytes}
          plain={deps.sealer === null ? null : support ? '/help/plain' : '/tip/plain'}
          challenge={deps.challenge.kind}
        />,
      );
    });
  }

  app.get('/anonymity', (c) => {
    const lang = langOf(c);
    const title = textsOf(lang).info.anonymity.title;
    return renderPage(
      c,
      deps,
      { title, path: '/anonymity' },
      <Anonymity lang={lang} challenge={deps.challenge.kind} />,
    );
  });
  app.get('/lost-code', (c) => {
    const lang = langOf(c);
    const title = textsOf(lang).info.lostCode.title;
    return renderPage(c, deps, { title, path: '/lost-code' }, <LostCode lang={lang} />);
  });
  app.get('/help', (c) => {
    const lang = langOf(c);
    const title = textsOf(lang).info.help.title;
    return renderPage(c, deps, { title, path: '/help', emergency: false }, <Help lang={lang} />);
  });
  const { kind, sitekey } = deps.challenge;
  if (kind === 'hcaptcha' && sitekey !== undefined)
    app.get('/challenge/hcaptcha', (c) => {
      const lang = langOf(c);
      const title = textsOf(lang).hcaptcha.page.title;
      allowHcaptcha(c);
      return renderPage(
        c,
        deps,
        { title, path: '/challenge/hcaptcha', scripts: ['hcaptcha'] },
        <HcaptchaPage lang={lang} sitekey={sitekey} />,
      );
    });
  app.route('/', plainPages(deps, reference));
  return app;
}
