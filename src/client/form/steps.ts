import { fill } from '../../i18n/index.ts';
import { byId, focusOn } from '../common/dom.ts';
import type { PageData } from './page-data.ts';

/** The steps of the form, one seen at a time. Nothing of it goes into the address or the history. */
export interface Steps {
  readonly names: readonly string[];
  current(): string;
  show(name: string, focus?: boolean): void;
  next(): void;
  back(): void;
  /** Shows a step to change an answer; `next` then leads back to the review. */
  change(name: string): void;
}

/** `leaving` may refuse to go on from a step; `entered` is told of the step that is shown. */
export function createSteps(
  data: PageData,
  hooks: { readonly leaving: (name: string) => boolean; readonly entered: (name: string) => void },
): Steps {
  const sections = Array.from(document.querySelectorAll<HTMLElement>('#tip-form .step'));
  const names = sections.map(({ dataset }) => dataset.step ?? '');
  const back = byId<HTMLButtonElement>('back');
  const next = byId<HTMLButtonElement>('next');
  const send = byId<HTMLButtonElement>('send');
  let at = 0;
  let toReview = false;

  const show = (name: string, focus = true): void => {
    at = Math.max(0, names.indexOf(name));
    for (const [i, section] of sections.entries()) section.hidden = i !== at;
    const last = at === names.length - 1;
    if (last) toReview = false;
    back.hidden = at === 0;
    next.hidden = last;
    send.hidden = !last;
    byId('form-lead').hidden = at > 0;
    byId('step-of').textContent = fill(data.texts.stepOf, { n: at + 1, all: names.length });
    hooks.entered(name);
    const section = sections[at];
    if (focus && section !== undefined) focusOn(section);
    if (focus) window.scrollTo(0, 0);
  };

  const steps: Steps = {
    names,
    current: () => names[at] ?? '',
    show,
    next() {
      if (!hooks.leaving(steps.current())) return;
      show(toReview ? 'review' : (names[at + 1] ?? 'review'));
    },
    back() {
      toReview = false;
      show(names[at - 1] ?? 'place');
    },
    change(name) {
      show(name);
      toReview = true;
    },
  };
  next.addEventListener('click', () => steps.next());
  back.addEventListener('click', () => steps.back());
  next.disabled = false;
  byId('not-loaded').hidden = true;
  return steps;
}
