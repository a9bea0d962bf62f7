import type { MiddlewareHandler } from 'hono';
import type { InstanceFacts } from '../ports/deps.ts';
import { isApiPath } from './kit/errors.ts';

/**
 * Content-Security-Policy of pages: own scripts and styles only, nothing inline, no frame, no other host, and script text reaches
 * the DOM through the one Trusted Types policy `tinkin` or not at all. One page alone replaces it, where an instance has chosen hCaptcha:
 * `kit/hcaptcha-policy.ts`.
 */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types tinkin',
].join('; ');

/** Policy of a worker script's own response: the only place where WebAssembly may be compiled. */
export const WORKER_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Policy of the worker that takes files apart: its own scripts, nothing compiled, no network. */
export const INSPECT_CSP = "default-src 'none'; script-src 'self'; connect-src 'none'";
/** Beginning of the address of its script. */
export const INSPECT_PREFIX = '/build/inspect-worker-';

/** Policy of the worker that sends sealed parts: its own scripts and this service, nothing compiled. */
export const LINE_CSP = "default-src 'none'; script-src 'self'; connect-src 'self'";
/** Beginning of the address of its script. */
export const LINE_PREFIX = '/build/line-worker-';

/** Policy of everything that is not a page. */
export const DATA_CSP = "default-src 'none'; frame-ancestors 'none'";

/** Headers of every response, whatever it carries. */
export function commonHeaders(instance: InstanceFacts): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    // `no-referrer` would make same-origin form posts carry `Origin: null`.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
    'X-Frame-Options': 'DENY',
    ...(instance.mode === 'production' && instance.origin.startsWith('https:')
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}

/**
 * Sets the headers before the handler runs, so that a handler (a worker script, a cacheable file) can narrow or replace them.
 * Nothing is cached unless a handler says so: no page of this site may stay on the device of the person who read it.
 */
export function securityHeaders(instance: InstanceFacts): MiddlewareHandler {
  const common = Object.entries(commonHeaders(instance));
  return async (c, next) => {
    for (const [name, value] of common) c.header(name, value);
    c.header('Content-Security-Policy', isApiPath(c.req.path) ? DATA_CSP : PAGE_CSP);
    c.header('Cache-Control', 'no-store');
    await next();
  };
}
