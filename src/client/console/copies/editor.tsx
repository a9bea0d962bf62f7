/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { isUnitId } from '../../../domain/ids.ts';
import { COPY_LIMITS } from '../../../domain/working-copy.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { Problem } from '../http.ts';
import { holdEscape } from '../keys.ts';
import { chosenPictures, PicturesField, picturesOf, type Redrawings } from '../pictures/pictures-field.tsx';
import { UnitField } from '../tip/unit-field.tsx';
import { Choice, readForm, TextField } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { OpenedTip } from '../worker/calls.ts';
import { BlockEditor } from './block-editor.tsx';
import { alsoIn, blocksOf } from './blocks.ts';

/** Makes a working copy: covers words, says what it is for and whom, then seals and signs. */
export const CopyEditor = (props: {
  readonly tip: OpenedTip;
  readonly onClose: () => void;
  readonly onMade: (no: number) => Promise<void>;
}) => {
  const { texts, vault } = useBase();
  const { copies } = texts;
  const { busy, problem, run } = useAction();
  const { tip } = props;
  const [blocks] = useState(() => blocksOf(tip));
  const [shown, setShown] = useState<readonly (string | null)[]>(() => blocks.map(({ text }) => text));
  const [covered, setCovered] = useState('');
  const [redrawn, setRedrawn] = useState<Redrawings>({});
  const [passes, setPasses] = useState(false);
  const [checking, setChecking] = useState(false);
  useEffect(() => holdEscape(props.onClose), []);
  const kept = shown.filter((text) => text !== null);
  const more = alsoIn(kept, covered);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const chosen = read('toUnit');
    void run(async () => {
      if (passes && !isUnitId(chosen)) throw new Problem('field_invalid', { field: 'toUnit' });
      const { no } = await vault.ask('makeCopy', {
        tip: tip.detail.tip,
        purpose: read('purpose'),
        blocks: blocks.flatMap((block, at) => {
          const text = shown[at];
          return text === null || text === undefined ? [] : [{ ...block, text }];
        }),
        pictures: chosenPictures(picturesOf(tip), redrawn),
        toUnit: passes && isUnitId(chosen) ? chosen : null,
      });
      await props.onMade(no);
    });
  };
  return (
    <form class="form card" onSubmit={submit} autocomplete="off" aria-label={copies.make}>
      <p class="field-hint">{copies.how}</p>
      {blocks.map((block, at) => (
        <BlockEditor
          block={block}
          id={`copy-${String(at)}`}
          key={String(at)}
          text={shown[at] ?? null}
          onText={(text, word) => {
            setShown((before) => before.map((old, index) => (index === at ? text : old)));
            setCovered(word);
          }}
        />
      ))}
      <div role="status">
        {more === 0 ? null : (
          <Notice kind="warning">
            <p>{copies.stillThere(covered.trim(), more)}</p>
          </Notice>
        )}
      </div>
      <PicturesField tip={tip} redrawn={redrawn} onRedrawn={setRedrawn} />
      <TextField
        name="purpose"
        label={copies.purpose}
        hint={copies.purposeHint}
        maxlength={COPY_LIMITS.purpose}
      />
      <Choice
        name="reach"
        legend={copies.reach}
        value={passes ? 'other' : 'own'}
        options={[
          { value: 'own', label: copies.reachOwn },
          { value: 'other', label: copies.reachOther, hint: copies.reachOtherHint },
        ]}
        onChange={(value) => setPasses(value === 'other')}
      />
      {passes ? (
        <UnitField
          tip={tip.detail.tip}
          holder={tip.detail.unit}
          purpose="transfer"
          onChecking={setChecking}
        />
      ) : null}
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <button
          type="submit"
          class="button button-main"
          disabled={busy || checking || (kept.length === 0 && Object.keys(redrawn).length === 0)}
        >
          {copies.seal}
        </button>
        <button type="button" class="button button-quiet" onClick={props.onClose}>
          {texts.frame.cancel}
        </button>
      </div>
      <p class="consequence" role="status">
        {busy ? texts.tip.working : copies.consequence}
      </p>
    </form>
  );
};
