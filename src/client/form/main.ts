import '../common/older-browsers.ts';
import { answerProblems, type TipAnswers } from '../../domain/tip-form.ts';
import { localPath } from '../../i18n/index.ts';
import { type CryptoWorker, startWorker } from '../common/crypto-worker.ts';
import { byId, make, maybeId } from '../common/dom.ts';
import { LEAVING } from '../common/leave.ts';
import { hasText, readAnswers } from './answers.ts';
import { showCode } from './code-panel.ts';
import { createCounters } from './counters.ts';
import type { FilesStep } from './files/step.ts';
import { createOfficialStep } from './official-step.ts';
import { readPageData } from './page-data.ts';
import { createPlaceField, provinceChosen } from './place-field.ts';
import { clearProblems, STEP_OF, showProblems } from './problems.ts';
import { createReference } from './reference.ts';
import { showReview } from './review.ts';
import { Sender } from './send.ts';
import { createSendView } from './send-view.ts';
import { createSteps } from './steps.ts';

const data = readPageData();
const { texts } = data;
const form = byId<HTMLFormElement>('tip-form');
const send = byId<HTMLButtonElement>('send');
const reference = createReference(data, provinceChosen);
const place = createPlaceField(data, reference);
const answers = (): TipAnswers => readAnswers(data, place, official);
const official = createOfficialStep(data, reference, place, answers);
const view = createSendView(texts);

const steps = createSteps(data, {
  leaving(name) {
    // Files that were chosen and cannot be read yet keep the person here: nothing chosen is left behind in silence.
    if (name === 'files' && files === null && filesChosen()) {
      void loadFiles();
      return false;
    }
    const waiting = name === 'files' ? (files?.problem() ?? '') : '';
    if (waiting !== '') {
      byId('files-status').textContent = waiting;
      return false;
    }
    const problems = answerProblems(answers()).filter(({ field }) => STEP_OF[field] === name);
    if (problems.length === 0) clearProblems();
    else showProblems(problems, data, texts.errorTitle);
    return problems.length === 0;
  },
  entered(name) {
    clearProblems();
    if (name !== 'place') wake();
    if (name === 'official') official.refresh();
    if (name === 'urgent')
      byId('support-offer').hidden = data.support || !data.supportOffers.includes(answers().conduct);
    if (name === 'review') {
      showReview(answers(), data, reference, (step) => steps.change(step), files);
      void reference.load().then((loaded) => {
        if (loaded && steps.current() === 'review')
          showReview(answers(), data, reference, (step) => steps.change(step), files);
      });
    }
    byId('send-wait').hidden = name !== 'review' || !send.disabled;
  },
});

// ---- files: what handles them is fetched when somebody chooses some, and nothing of it by who never does
let files: FilesStep | null = null;
let filesLoading = false;

async function loadFiles(): Promise<void> {
  if (files !== null || filesLoading) return;
  filesLoading = true;
  const retry = byId<HTMLButtonElement>('files-retry');
  retry.hidden = true;
  byId('files-wait').hidden = false;
  try {
    const { createFilesStep } = await import('./files/step.ts');
    files = await createFilesStep(data);
  } catch {
    // A script that did not come through the line: said beside a button, while everything else goes on.
    retry.hidden = false;
  }
  byId('files-wait').hidden = true;
  filesLoading = false;
}
const filesInput = byId<HTMLInputElement>('files-input');
const filesChosen = (): boolean => (filesInput.files?.length ?? 0) > 0;
// It comes through the line while the person looks through their files.
filesInput.addEventListener('click', () => void loadFiles());
filesInput.addEventListener('change', () => void loadFiles());
byId('files-retry').addEventListener('click', () => void loadFiles());

// ---- the crypto Worker: fetched while the person answers, never before they begin
const RESTARTS = 5;
const RESTART_MS = 5000;
let worker: CryptoWorker | null = null;
let sender: Sender | null = null;
let left = false;
let failures = 0;

function wake(): void {
  if (worker !== null || left) return;
  try {
    worker = startWorker(data.worker);
  } catch {
    workerTrouble();
    return;
  }
  const own = worker;
  sender = new Sender(data, view, own, () => files);
  void reference.load();
  own
    .call('start', [])
    .then(({ suite }) => {
      failures = 0;
      if (suite === 'noble') byId('send-wait').textContent = texts.slow;
      else byId('send-wait').hidden = true;
      send.disabled = false;
      // The code's keys take a while on a cheap phone: they are made while the person still writes.
      return own.call('prepare', [false]);
    })
    .catch(() => {
      // Its script may not have come through a bad line: try again a few times before giving up.
      if (left || worker !== own) return;
      workerTrouble();
      failures += 1;
      if (failures <= RESTARTS) setTimeout(wake, RESTART_MS);
    });
}

function workerTrouble(): void {
  worker?.end();
  worker = null;
  sender = null;
  send.disabled = true;
  const told = byId('send-wait');
  told.replaceChildren(texts.noWorker);
  if (data.plain !== '') {
    const link = make('a', '', texts.plainLink);
    link.href = localPath(data.lang, data.plain);
    told.append(' ', link);
  }
  told.hidden = false;
}

form.addEventListener('input', wake);
form.addEventListener('change', wake);
form.addEventListener('focusin', wake);

// ---- urgent answers show the numbers at once
const callNow = byId('call-now').firstElementChild;
for (const input of document.querySelectorAll('#urgent input'))
  input.addEventListener('change', () => {
    const now = answers();
    if (!(callNow instanceof HTMLElement)) return;
    const hidden = callNow.hidden;
    callNow.hidden = !(now.happeningNow || now.danger || now.minor);
    if (hidden && !callNow.hidden) callNow.scrollIntoView({ block: 'nearest' });
  });
createCounters(texts);

// ---- sending, once
let sending = false;
send.addEventListener('click', async () => {
  if (sending || sender === null || worker === null) return;
  const problems = answerProblems(answers());
  const [first] = problems;
  if (first !== undefined) {
    steps.change(STEP_OF[first.field]);
    showProblems(problems, data, texts.errorTitle);
    return;
  }
  sending = true;
  send.disabled = true;
  const sent = await sender.send(answers());
  sending = false;
  send.disabled = false;
  if (sent === null) {
    steps.show('review');
    return;
  }
  wipeText();
  showCode(sent, data, worker);
});

// ---- leaving
function wipeText(): void {
  form.reset();
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input[type=text], textarea',
  ))
    field.value = '';
  official.forget();
  files?.forget();
  byId('review').replaceChildren();
  byId('destination-unit').textContent = '';
}

window.addEventListener(LEAVING, () => {
  left = true;
  wipeText();
  maybeId('code')?.replaceChildren();
  worker?.end();
});
window.addEventListener('beforeunload', (event) => {
  if (!left && (hasText() || filesChosen() || (files?.count() ?? 0) > 0)) event.preventDefault();
});
// A page that comes back out of the browser's memory has lost its Worker's trust; start afresh.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && left) location.reload();
});

steps.show('place', false);
