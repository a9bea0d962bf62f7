import { viewKind } from '../../../domain/attachments.ts';
import { fill, type Lang } from '../../../i18n/index.ts';
import type { AttachmentTexts } from '../../../i18n/vi/attachments.ts';
import { make } from '../../common/dom.ts';
import type { Finding, Inspection } from '../../inspect/api.ts';
import { type Chosen, sizeText } from './chosen.ts';

interface CardActions {
  remove(): void;
  again(): void;
  changed(): void;
}

/** One chosen file: what it is, what it tells, what will be done with it. */
export function fileCard(
  chosen: Chosen,
  at: number,
  texts: AttachmentTexts,
  lang: Lang,
  actions: CardActions,
): HTMLElement {
  const { name, file, looked } = chosen;
  const kind = texts.kind[looked === null ? 'other' : kindOf(looked.inspection.type)];
  const remove = button('link file-remove', texts.remove, name, texts);
  remove.addEventListener('click', actions.remove);
  const facts = looked === null ? sizeText(lang, file.size) : `${kind} · ${sizeText(lang, file.size)}`;
  const card = make(
    'li',
    'file',
    make('p', 'file-name', make('b', '', name)),
    make('p', 'hint', facts),
    ...stateOf(chosen, texts, actions),
    ...(looked === null ? [] : waysOf(chosen, at, texts, actions)),
    make('p', 'file-end', remove),
  );
  card.dataset.state = chosen.state;
  return card;
}

function button(className: string, text: string, name: string, texts: AttachmentTexts): HTMLButtonElement {
  const made = make('button', className, text, make('span', 'visually-hidden', fill(texts.ofFile, { name })));
  made.type = 'button';
  return made;
}

type Kind = keyof AttachmentTexts['kind'];

function kindOf(type: string): Kind {
  const view = type.startsWith('image/') ? 'image' : viewKind(type);
  if (view !== null) return view;
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'audio';
  return type.startsWith('application/vnd.o') ? 'office' : 'other';
}

function stateOf(chosen: Chosen, texts: AttachmentTexts, { again }: CardActions): HTMLElement[] {
  const { state, looked, form } = chosen;
  if (state === 'reading') return [make('p', 'file-told', texts.reading)];
  if (state === 'not_loaded' || looked === null) {
    const retry = button('button quiet', texts.again, chosen.name, texts);
    retry.addEventListener('click', again);
    return [make('p', 'file-told warn', texts.notLoaded), make('p', '', retry)];
  }
  const { inspection } = looked;
  const told = tellings(inspection, texts);
  const clean = form !== 'original';
  const sentence = clean
    ? texts[form]
    : inspection.obstacle === 'none'
      ? texts.original
      : texts.obstacle[inspection.obstacle];
  const kind = kindOf(inspection.type);
  const kept =
    kind === 'video' || kind === 'audio'
      ? texts.kept.media
      : kind === 'pdf' || kind === 'office'
        ? texts.kept[kind]
        : null;
  return [
    make('p', clean ? 'file-told good' : 'file-told warn', sentence),
    ...(inspection.lies ? [make('p', 'file-told warn', fill(texts.lies, { type: inspection.type }))] : []),
    ...(told.length === 0
      ? clean
        ? [make('p', 'hint', texts.nothingFound)]
        : []
      : [make('p', 'hint', texts.found), make('ul', 'file-findings', ...told)]),
    ...(clean && kept !== null ? [make('p', 'hint', kept)] : []),
  ];
}

/** What the file tells, one line a kind. */
function tellings({ findings }: Inspection, texts: AttachmentTexts): HTMLElement[] {
  // What leads to a person first.
  const order = Object.keys(texts.finding) as Finding['kind'][];
  const kinds = order.filter((kind) => findings.some((one) => one.kind === kind));
  const line = (kind: Finding['kind']): string => {
    const values = findings.filter((one) => one.kind === kind && one.text !== '').map(({ text }) => text);
    const name = texts.finding[kind];
    return values.length === 0 || kind === 'after_end' ? name : `${name}: ${values.join(', ')}`;
  };
  return kinds.map((kind) => make('li', '', line(kind)));
}

/** The choice between the file without what it tells and the original; nothing to choose where there is only the original. */
function waysOf(chosen: Chosen, at: number, texts: AttachmentTexts, actions: CardActions): HTMLElement[] {
  const made = chosen.looked?.made ?? null;
  if (made === null) return [];
  const choice = (form: Chosen['form'], text: string): HTMLElement => {
    const input = make('input', '');
    input.type = 'radio';
    input.name = `file-way-${at}`;
    input.id = `file-way-${at}-${form}`;
    input.checked = chosen.form === form;
    input.autocomplete = 'off';
    input.addEventListener('change', () => {
      chosen.form = form;
      actions.changed();
    });
    const label = make('label', '', text);
    label.htmlFor = input.id;
    return make('div', 'choice', input, label);
  };
  const box = make(
    'details',
    'more',
    make('summary', '', texts.way),
    choice(made.form, texts.wayClean),
    choice('original', texts.wayOriginal),
  );
  box.open = chosen.form === 'original';
  return [box];
}
