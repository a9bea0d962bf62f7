import '../common/older-browsers.ts';
import { fill, type Lang } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import { type CryptoWorker, startWorker, WorkerError } from '../common/crypto-worker.ts';
import { byId } from '../common/dom.ts';
import { NetworkError, RefusedError } from '../common/http.ts';
import { LEAVING } from '../common/leave.ts';
import { codeState, regroup } from './code-field.ts';
import { Conversation, type Draft } from './conversation.ts';
import { visit } from './visit.ts';

interface PageData {
  readonly lang: Lang;
  readonly worker: string;
  readonly inspector: string;
  readonly carrier: string;
  readonly attachmentBytes: number;
  readonly texts: MailboxTexts;
}

const data = JSON.parse(byId('mailbox-data').textContent ?? '') as PageData;
const { texts, lang } = data;
const form = byId('code-form');
const input = byId<HTMLTextAreaElement>('code');
const status = byId('code-status');
const problem = byId('code-problem');
const open = byId<HTMLButtonElement>('open');
const box = byId('mailbox');

let worker: CryptoWorker | null = null;
let slow = false;
let losses = 0;
let conversation: Conversation | null = null;
/** Words that are being written outlive the keys: who comes back with the code finds them again. */
let draft: Draft = { text: '' };
/** Minutes without a hand on the page, after which code and keys are wiped. */
const IDLE_MS = 15 * 60_000;
let idle: ReturnType<typeof setTimeout> | undefined;

/** The Worker is fetched while the digits are typed. */
function wake(): CryptoWorker | null {
  if (worker !== null) return worker;
  try {
    worker = startWorker(data.worker);
  } catch {
    problem.textContent = texts.noWorker;
    return null;
  }
  worker
    .call('start', [])
    .then(({ suite }) => {
      slow = suite === 'noble';
    })
    .catch(() => {
      worker = null;
    });
  return worker;
}

function judge(): void {
  const state = codeState(input.value);
  const wrong = state.kind === 'mistyped' || state.kind === 'not_digits' || state.kind === 'too_long';
  const said = {
    empty: '',
    typing: state.kind === 'typing' ? fill(texts.typed, { n: state.digits }) : '',
    not_digits: texts.notDigits,
    too_long: texts.tooLong,
    mistyped: texts.mistyped,
    complete: fill(texts.typed, { n: 28 }),
  };
  status.textContent = said[state.kind];
  status.classList.toggle('error', wrong);
  if (wrong) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  open.disabled = state.kind !== 'complete';
}

input.addEventListener('focus', wake);
input.addEventListener('input', () => {
  problem.textContent = '';
  const grouped = regroup(input.value, input.selectionStart ?? input.value.length);
  if (grouped.text !== input.value) {
    input.value = grouped.text;
    input.setSelectionRange(grouped.caret, grouped.caret);
  }
  judge();
});
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  if (!open.disabled) open.click();
});

let opening = false;
open.addEventListener('click', async () => {
  const state = codeState(input.value);
  const own = wake();
  if (state.kind !== 'complete' || own === null || opening) return;
  opening = true;
  open.disabled = true;
  status.textContent = slow ? texts.workingSlow : texts.working;
  problem.textContent = '';
  try {
    const opened = await visit(own, state.code, lang);
    input.value = '';
    judge();
    conversation = new Conversation(
      { worker: own, lang, texts, box: opened, draft, files: data },
      box,
      close,
    );
    form.hidden = true;
    box.hidden = false;
    conversation.draw();
    watchIdleness();
  } catch (error) {
    problem.textContent = sentence(error);
    judge();
  }
  opening = false;
});

/** The first time it may have been the line; again, it is the browser. */
function lostSentence(): string {
  worker = null;
  losses += 1;
  return losses > 1 ? texts.noWorker : texts.offline;
}

function sentence(error: unknown): string {
  if (error instanceof NetworkError) return texts.offline;
  if (error instanceof RefusedError) return error.code === 'mailbox_refused' ? texts.refused : error.sentence;
  if (error instanceof WorkerError)
    return error.code === 'worker_lost' ? lostSentence() : fill(texts.failed, { code: error.code });
  return fill(texts.failed, { code: 'internal' });
}

/** Ends the Worker with every key in it, and takes what it opened from the screen. */
function end(): void {
  clearTimeout(idle);
  input.value = '';
  judge();
  worker?.end();
  worker = null;
  conversation = null;
  box.replaceChildren();
  box.hidden = true;
  form.hidden = false;
}

function close(): void {
  end();
  draft = { text: '' };
  problem.textContent = texts.closed;
  input.focus();
}

/** The keys stay while somebody may want to write back, and no longer. */
function watchIdleness(): void {
  clearTimeout(idle);
  if (conversation === null) return;
  idle = setTimeout(() => {
    if (conversation?.sending) return watchIdleness();
    const files = conversation?.chosenFiles ?? 0;
    end();
    const { idle: wiped, idleDraft, idleFiles } = texts.writing;
    problem.textContent = [wiped, draft.text === '' ? '' : idleDraft, files === 0 ? '' : idleFiles]
      .filter((sentence) => sentence !== '')
      .join(' ');
  }, IDLE_MS);
}
for (const hand of ['input', 'keydown', 'pointerdown', 'scroll'])
  window.addEventListener(hand, watchIdleness, { passive: true });

window.addEventListener(LEAVING, () => {
  end();
  draft = { text: '' };
});
judge();
