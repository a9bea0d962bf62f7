import { FIELD_LIMITS } from '../../domain/tip-content.ts';
import { TEXT_FIELDS } from '../../domain/tip-form.ts';
import { fill } from '../../i18n/index.ts';
import type { SendingTexts } from '../../i18n/vi/sending.ts';
import { make, maybeId } from '../common/dom.ts';

/** Share of the limit from which on what is left is shown. */
const SHOWN_FROM = 0.8;

/** Says how much room is left in a text, once it gets scarce. */
export function createCounters(texts: SendingTexts): void {
  for (const id of TEXT_FIELDS) {
    const field = maybeId<HTMLTextAreaElement>(id);
    if (field === null) continue;
    const told = make('p', 'hint counter');
    told.setAttribute('role', 'status');
    field.after(told);
    field.addEventListener('input', () => {
      const limit = FIELD_LIMITS[id];
      const length = field.value.length;
      told.textContent = length < limit * SHOWN_FROM ? '' : fill(texts.left, { n: limit - length });
    });
  }
}
