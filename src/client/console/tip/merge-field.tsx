/** @jsxImportSource hono/jsx/dom */
import type { TipId } from '../../../domain/ids.ts';
import type { QueueRow } from '../../../domain/tip-row.ts';
import { useBase } from '../context.ts';
import { hourText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';

type Found = Pick<QueueRow, 'tip' | 'registerNumber' | 't0' | 'stage' | 'outcome'>;

/** A register number as people write it: `12/2026`. */
export const readNumber = (typed: string): { readonly number: string; readonly year: string } | null => {
  const match = /^\s*0*([1-9]\d{0,6})\s*\/\s*(\d{4})\s*$/.exec(typed);
  return match === null ? null : { number: match[1] ?? '', year: match[2] ?? '' };
};

/** Finds the tip that a duplicate is merged into by its number in the unit's register. */
export const MergeField = ({ tip }: { readonly tip: TipId }) => {
  const { lang, texts, words } = useBase();
  const { problem, run } = useAction();
  const [found, setFound] = useState<Found | null>(null);
  const look = (typed: string): void => {
    setFound(null);
    const asked = readNumber(typed);
    if (asked === null) return;
    void run(async () =>
      setFound(await getJson<Found>(`/api/staff/tips/numbered?number=${asked.number}&year=${asked.year}`)),
    );
  };
  const other = found !== null && found.tip !== tip ? found : null;
  return (
    <div class="section">
      <TextField
        name="mergedNumber"
        label={texts.forms.mergedInto}
        hint={texts.forms.mergedIntoHint}
        maxlength={20}
        onInput={look}
      />
      <ProblemNotice problem={problem} />
      <div role="status">
        {found === null ? null : other === null ? (
          <p class="mark mark-danger">
            <Icon name="broken" />
            {texts.forms.mergedItself}
          </p>
        ) : (
          <p class="mark mark-proven">
            <Icon name="done" />
            {texts.forms.mergedFound(
              other.registerNumber ?? '',
              hourText(other.t0, lang),
              other.outcome === null ? words.stage[other.stage] : words.outcome[other.outcome],
            )}
          </p>
        )}
      </div>
      <input type="hidden" name="mergedInto" value={other?.tip ?? ''} />
    </div>
  );
};
