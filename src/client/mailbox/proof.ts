import { dayOf } from '../../domain/calendar.ts';
import { fill, formatDay, type Lang } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import { EVIDENCE_FILE_NAME, RECEIPT_FILE_BYTES } from '../../protocol/file-names.ts';
import { WorkerError } from '../common/crypto-worker.ts';
import { make } from '../common/dom.ts';
import { saveBytes } from '../common/save-bytes.ts';
import type { ProofSeen } from '../common/worker-api.ts';
import type { MailboxPage } from './conversation.ts';

/** What the public log says of what is shown, and the way to compare it with the receipt file. */
export function proofSection(page: MailboxPage): HTMLElement {
  const said = make('div', '', told(page));
  said.setAttribute('role', 'status');
  const section = make('div', 'proof', said);
  section.id = 'log-proof';
  section.append(comparison(page, () => said.replaceChildren(told(page))));
  return section;
}

const told = ({ box: { proof }, texts, lang }: MailboxPage): HTMLElement => {
  const element = proof.kind === 'alarm' ? alarm(proof, texts) : sentence(proof, texts, lang);
  element.dataset.proof = proof.kind;
  return element;
};

/** One plain sentence, and whether it was compared with what is remembered. */
function sentence(
  proof: Exclude<ProofSeen, { readonly kind: 'alarm' }>,
  { proof: t }: MailboxTexts,
  lang: Lang,
): HTMLElement {
  if (proof.kind !== 'verified') return make('p', 'callout warn', t[proof.kind]);
  const { steps, of, day, includeBy, compared, renewed } = proof;
  const hour = Math.ceil((includeBy ?? 0) / 3600);
  const by = formatDay(lang, dayOf(hour * 3600));
  const text = fill(includeBy === null ? t.whole : t.part, {
    ...{ steps, of, by, day: formatDay(lang, day) },
    hour: (hour + 7) % 24,
  });
  const since = renewed === null ? '' : ` ${fill(t.renewed, { day: formatDay(lang, renewed) })}`;
  return make('p', 'callout good', `${text} ${compared ? t.compared : t.notCompared}${since}`);
}

function alarm(
  proof: Extract<ProofSeen, { readonly kind: 'alarm' }>,
  { proof: t }: MailboxTexts,
): HTMLElement {
  const { code, evidence, auditors } = proof;
  const stale = code === 'checkpoint_stale';
  // Both hang on the clock of this device as much as on the service.
  const timed = stale || code === 'promise_missed';
  const save = make('button', 'button', t.alarmSave);
  save.type = 'button';
  save.addEventListener('click', () => saveBytes(EVIDENCE_FILE_NAME, evidence));
  const how = auditors.length === 0 ? t.alarmHowNobody : fill(t.alarmHow, { auditors: auditors.join('; ') });
  return make(
    'div',
    `callout ${stale ? 'warn' : 'danger'}`,
    make('p', 'callout-title', stale ? t.stale : t.alarm),
    ...(timed ? [make('p', '', t.clock)] : []),
    make('p', '', how),
    make('p', 'hint', fill(t.alarmCare, { code })),
    make('p', 'actions no-print', save),
  );
}

/** The fold with the receipt file: opened in the Worker, compared by another look, and offered anew afterwards. */
function comparison(page: MailboxPage, draw: () => void): HTMLElement {
  const t = page.texts.proof;
  const status = make('p', 'hint');
  status.setAttribute('role', 'status');
  const input = make('input', '');
  Object.assign(input, { type: 'file', id: 'receipt-input', autocomplete: 'off' });
  const label = make('label', 'button quiet', t.choose);
  label.htmlFor = input.id;
  const renew = make('button', 'button quiet', t.renew);
  renew.type = 'button';
  const renewal = make('div', '', make('p', 'hint', t.renewHint), make('p', 'actions', renew));
  const isRenewable = (): boolean => page.box.proof.kind === 'verified' && page.box.proof.compared;
  renewal.hidden = !isRenewable();
  renew.addEventListener('click', async () => {
    const { name, bytes } = await page.worker.call('renewed', []);
    saveBytes(name, bytes);
    status.textContent = fill(t.saved, { name });
  });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    status.textContent = t.comparing;
    input.disabled = true;
    status.textContent = await compare(page, file);
    input.disabled = false;
    input.value = '';
    renewal.hidden = !isRenewable();
    draw();
  });
  const fold = make(
    'details',
    'more no-print',
    make('summary', '', t.foldTitle),
    make('p', 'hint', t.foldHint),
    make('div', 'files-choose', input, label),
    status,
    renewal,
  );
  fold.id = 'receipt-compare';
  return fold;
}

/** Compares; what is to be said beside the button, nothing when it went well. */
async function compare(page: MailboxPage, file: File): Promise<string> {
  const t = page.texts.proof;
  if (file.size !== RECEIPT_FILE_BYTES) return t.wrongFile;
  try {
    await page.worker.call('compare', [new Uint8Array(await file.arrayBuffer())]);
    await page.refresh();
    return '';
  } catch (error) {
    return error instanceof WorkerError && error.code.endsWith('_malformed') ? t.wrongFile : t.notAsked;
  }
}
