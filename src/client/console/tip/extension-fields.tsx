/** @jsxImportSource hono/jsx/dom */
import { addDays, dayOf } from '../../../domain/calendar.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { TextField } from '../ui/fields.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import { nextExtension } from './extension-next.ts';
import { ProcuracyField } from './procuracy-field.tsx';
import { DocumentNumber, Why } from './text-fields.tsx';

/** Asking for more time: up to which day, who decides, and until when it may be asked for. */
export const ExtensionFields = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts } = useBase();
  const { now } = useDesk();
  const t = texts.lawForms;
  const { state } = tip.detail;
  const next = nextExtension(state, tip.law, now() as Seconds);
  const settle = state.clocks.find(({ clock, stopped }) => clock === 'settle' && stopped === null);
  if (next === null || settle === undefined) return null;
  const asked = next.who === 'procuracy';
  return (
    <>
      <TextField
        name="until"
        type="date"
        label={t.extension(next.number)}
        hint={`${t.latest(formatDay(lang, next.latest))} ${asked ? t.byProcuracy : t.byLeader} ${t.askUntil(formatDay(lang, next.askUntil))}`}
        value={next.latest}
        min={addDays(dayOf(settle.due), 1)}
        max={next.latest}
      />
      <input type="hidden" name="number" value={String(next.number)} />
      {asked ? <ProcuracyField tip={tip} /> : null}
      <Why name="ground" />
      <DocumentNumber label={t.extensionDocument} />
    </>
  );
};
