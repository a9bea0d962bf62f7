/** @jsxImportSource hono/jsx/dom */

import { useRef } from 'hono/jsx/dom';
import type { TipId, UnitId } from '../../../domain/ids.ts';
import { fold } from '../../../domain/places.ts';
import type { UnitRecord } from '../../../domain/units.ts';
import { isNotFresh } from '../../common/not-fresh.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { TransferTarget } from '../worker/calls.ts';

type Listed = Pick<UnitRecord, 'code' | 'nameVi' | 'nameEn' | 'kind'>;

const SHOWN = 6;

/** Units whose folded name or code holds every word typed, at most six. Nothing for fewer than two letters. */
export const findUnits = (units: readonly Listed[], typed: string): readonly Listed[] => {
  const words = fold(typed)
    .split(' ')
    .filter((word) => word !== '');
  if (words.join('').length < 2) return [];
  return units
    .filter((unit) => {
      const name = `${fold(unit.nameVi)} ${fold(unit.nameEn)} ${unit.code}`;
      return words.every((word) => name.includes(word));
    })
    .slice(0, SHOWN);
};

/** Units of a province and of the ministry, as the public data has them. */
export const unitsNear = async (province: string): Promise<readonly Listed[]> => {
  const lists = await Promise.all(
    [...new Set([province, 'vn'])].map((code) =>
      getJson<{ readonly units: readonly Listed[] }>(`/data/units/${code}.json`).catch(() => ({ units: [] })),
    ),
  );
  return lists.flatMap((list) => list.units);
};

/**
 * Finds the unit that a tip goes to, and says at once when it may not go there; or, for asking the sender, one that it may go to once they
 * agree.
 */
export const UnitField = ({
  tip,
  holder,
  purpose,
  onChecking,
}: {
  readonly tip: TipId;
  readonly holder: UnitId;
  readonly purpose: 'transfer' | 'consent';
  /** Told while it is being checked whether the tip may go there: nothing can be sent until that is known. */
  readonly onChecking: (checking: boolean) => void;
}) => {
  const { lang, texts, words, vault } = useBase();
  const { me } = useDesk();
  const { loaded } = useLoad(() => unitsNear(me.province), me.province);
  const { busy, problem, run } = useAction();
  const [typed, setTyped] = useState('');
  const [target, setTarget] = useState<TransferTarget | null>(null);
  const wanted = useRef<UnitId | null>(null);
  const all = loaded.state === 'ready' ? loaded.value.filter((unit) => unit.code !== holder) : [];
  const found = target === null ? findUnits(all, typed) : [];
  const refusal = (why: string): string => {
    if (why === 'consent_missing') return texts.asking.consentMissing;
    if (why === 'excluded_unit') return texts.forms.excludedUnit;
    return isNotFresh(why) ? texts.forms.unitUnsure : texts.forms.unitClosed;
  };
  const choose = (unit: UnitId): void =>
    void run(async () => {
      wanted.current = unit;
      onChecking(true);
      try {
        const checked = await vault.ask('transferTarget', { tip, unit });
        // Something else may have been typed since.
        if (wanted.current === unit) setTarget(checked);
      } finally {
        onChecking(false);
      }
    });
  const asking = purpose === 'consent';
  const code = asking && target?.code === 'consent_missing' ? null : (target?.code ?? null);
  const name = target === null ? '' : lang === 'vi' ? target.nameVi : target.nameEn;
  return (
    <div class="section">
      <TextField
        name="unitName"
        label={asking ? texts.asking.consentUnit : texts.forms.toUnit}
        hint={texts.forms.toUnitHint}
        required={false}
        onInput={(value) => {
          setTyped(value);
          wanted.current = null;
          setTarget(null);
        }}
      />
      {found.length > 0 ? (
        <ul class="people">
          {found.map((unit) => (
            <li key={unit.code}>
              <button
                type="button"
                class="button button-quiet"
                disabled={busy}
                onClick={() => choose(unit.code)}
              >
                {lang === 'vi' ? unit.nameVi : unit.nameEn}
              </button>
              <span class="small soft">{words.unitKind[unit.kind]}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {target === null && typed.length > 2 && found.length === 0 && loaded.state === 'ready' ? (
        <p class="field-hint">{texts.forms.toUnitNone}</p>
      ) : null}
      <ProblemNotice problem={problem} />
      <div role="status">
        {busy ? <p class="small soft">{texts.forms.unitChecking}</p> : null}
        {target === null ? null : code === null ? (
          <p class="mark mark-proven">
            <Icon name="done" />
            {asking ? texts.asking.consentChosen(name) : texts.forms.toUnitChosen(name)}
          </p>
        ) : (
          <p class="mark mark-danger">
            <Icon name="broken" />
            {refusal(code)}
          </p>
        )}
      </div>
      <input type="hidden" name="toUnit" value={target !== null && code === null ? target.unit : ''} />
    </div>
  );
};
