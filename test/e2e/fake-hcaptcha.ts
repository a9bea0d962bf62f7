import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../adapters/challenge/certificate.ts';
import { freePort } from '../fixtures/free-port.ts';

export const SITEKEY = '10000000-ffff-ffff-ffff-000000000001';
export const SECRET = '0x0000000000000000000000000000000000000000';

/** A stand-in for hCaptcha that answers as its documentation says: script, a frame with a box to tick, token, siteverify. */
export interface FakeHcaptcha {
  /** Environment of a service that has chosen hCaptcha and is led here. */
  readonly env: Readonly<Record<string, string>>;
  /** Switches of a browser that is led here. */
  readonly switches: readonly string[];
  /** What `siteverify` was asked, in order. */
  readonly asked: URLSearchParams[];
  /** Hosts and paths that browsers fetched. */
  readonly fetched: string[];
  /** How the next tokens are judged; tokens are never judged good twice. */
  confirm: boolean;
  stop(): Promise<void>;
}

// The script: draws one frame from another subdomain, as the real one does, and calls back with what the frame says.
const SCRIPT = `
const query = new URL(document.currentScript.src).searchParams;
const assets = 'https://newassets.hcaptcha.com';
window.hcaptcha = {
  render(container, settings) {
    const frame = document.createElement('iframe');
    frame.title = 'hCaptcha';
    frame.style.cssText = 'width:303px;height:78px;border:0';
    frame.src = assets + '/box.html#' + settings.sitekey;
    container.replaceChildren(frame);
    addEventListener('message', (event) => {
      if (event.origin !== assets) return;
      if (event.data.kind === 'token') settings.callback(event.data.token);
      if (event.data.kind === 'expired') settings['chalexpired-callback']();
      if (event.data.kind === 'error') settings['error-callback']('network-error');
    });
    return '0';
  },
};
setTimeout(() => window[query.get('onload')]());
`;
const BOX = `<!doctype html><html lang="en"><meta charset="utf-8"><title>hCaptcha</title><body style="margin:0;background:#fafafa;color:#222">
<p style="margin:8px;font:16px/1.4 sans-serif"><button id="tick" style="min-height:44px">I am human</button>
<button id="time">…</button><button id="break">!</button></p>
<script>
const say = (message) => parent.postMessage(message, '*');
let n = 0;
tick.onclick = () => say({ kind: 'token', token: 'P1_' + location.hash.slice(1) + '.' + Math.random().toString(36).slice(2) });
time.onclick = () => say({ kind: 'expired' });
document.getElementById('break').onclick = () => say({ kind: 'error' });
</script>`;

export async function startFakeHcaptcha(): Promise<FakeHcaptcha> {
  const tls = selfSigned('hcaptcha.com');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-hcaptcha-'));
  writeFileSync(join(folder, 'ca.pem'), tls.cert);
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
  const asked: URLSearchParams[] = [];
  const fetched: string[] = [];
  const used = new Set<string>();
  const fake = { confirm: true };

  const judge = (body: URLSearchParams): object => {
    asked.push(body);
    const token = body.get('response') ?? '';
    const good =
      fake.confirm &&
      body.get('secret') === SECRET &&
      body.get('sitekey') === SITEKEY &&
      token.startsWith(`P1_${SITEKEY}.`) &&
      !used.has(token);
    used.add(token);
    return good ? { success: true } : { success: false, 'error-codes': ['invalid-or-already-seen-response'] };
  };
  const server: Server = createServer(tls, (request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'https://hcaptcha.com');
      const send = (type: string, body: string): void => {
        response.writeHead(200, { 'content-type': type }).end(body);
      };
      if (pathname === '/siteverify')
        return send('application/json', JSON.stringify(judge(new URLSearchParams(text))));
      fetched.push(`${request.headers.host}${request.url}`);
      if (pathname === '/1/api.js') return send('text/javascript', SCRIPT);
      if (pathname === '/box.html') return send('text/html', BOX);
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return Object.assign(fake, {
    env: {
      TINKIN_CHALLENGE: 'hcaptcha',
      TINKIN_HCAPTCHA_SITEKEY: SITEKEY,
      TINKIN_HCAPTCHA_SECRET_FILE: join(folder, 'secret'),
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'lead-to-fake-hcaptcha.mjs')}`,
      FAKE_HCAPTCHA_PORT: String(port),
    },
    switches: [`--host-resolver-rules=MAP *.hcaptcha.com:443 127.0.0.1:${port}`],
    asked,
    fetched,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
