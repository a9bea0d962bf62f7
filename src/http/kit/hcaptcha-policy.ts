import type { Context } from 'hono';

/** Where hCaptcha's script, frames, styles and requests come from and go to; it asks not to name single subdomains, which change. */
const HOSTS = 'https://hcaptcha.com https://*.hcaptcha.com';

/**
 * Content-Security-Policy of the one page on which hCaptcha's script runs. Whatever that script does with this site's origin, it can
 * neither read from this site (`connect-src`), post to it, frame it, nor start a worker. Trusted Types are left out: the script does without.
 */
export const HCAPTCHA_CSP = [
  "default-src 'none'",
  `script-src 'self' ${HOSTS}`,
  `style-src 'self' ${HOSTS}`,
  'img-src data:',
  `connect-src ${HOSTS}`,
  `frame-src ${HOSTS}`,
  "worker-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Lets hCaptcha's script run on the page that is being answered, and on no other. hCaptcha's frames do not state an embedder policy, so
 * the page demands none; that also gives it another browsing context group than every other page here, whoever opens which.
 */
export function allowHcaptcha(c: Context): void {
  c.header('Content-Security-Policy', HCAPTCHA_CSP);
  c.header('Cross-Origin-Embedder-Policy', 'unsafe-none');
}
