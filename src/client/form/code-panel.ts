import { fill } from '../../i18n/index.ts';
import type { CryptoWorker } from '../common/crypto-worker.ts';
import { byId, focusOn, make } from '../common/dom.ts';
import { saveBytes } from '../common/save-bytes.ts';
import type { PageData } from './page-data.ts';
import type { Sent } from './send.ts';

/** Shows the code until the person says that it is kept; then nothing of it is left in the page or the Worker. */
export function showCode(sent: Sent, data: PageData, worker: CryptoWorker): void {
  const { texts, lang } = data;
  const { target, promise } = sent;
  const groups = sent.code.match(/.{4}/g) ?? [];
  const list = byId('code');
  const status = byId('code-status');
  list.replaceChildren(...groups.map((group) => make('li', '', group)));
  byId('code-reference').textContent = fill(texts.reference, {
    unit: lang === 'vi' ? target.nameVi : target.nameEn,
    fingerprint: target.fingerprint,
  });
  const told = byId('promise');
  told.dataset.result = promise.result;
  told.textContent =
    promise.result === 'good'
      ? fill(texts.promiseGood, { time: timeOf(promise.includeBy, lang) })
      : fill(promise.result === 'clock' ? texts.promiseClock : texts.promiseBad, { code: promise.code });

  byId('code-copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(groups.join(' '));
      status.textContent = texts.copied;
    } catch {
      status.textContent = texts.copyFailed;
    }
  });
  byId('code-print').addEventListener('click', () => window.print());
  byId('code-save').addEventListener('click', async () => {
    const { name, bytes } = await worker.call('receipt', []);
    saveBytes(name, bytes);
    status.textContent = fill(texts.saved, { name });
  });
  byId('code-kept').addEventListener('click', () => {
    list.replaceChildren();
    groups.length = 0;
    byId('code-reference').textContent = '';
    worker.end();
    byId('code-panel').hidden = true;
    const done = byId('done-panel');
    done.hidden = false;
    focusOn(done);
  });

  byId('send-panel').hidden = true;
  const panel = byId('code-panel');
  panel.hidden = false;
  focusOn(panel);
}

const timeOf = (seconds: number, lang: 'vi' | 'en'): string =>
  new Intl.DateTimeFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(seconds * 1000));
