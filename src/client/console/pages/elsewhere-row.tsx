/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';
import type { QueueRow } from '../../../domain/tip-row.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { DueMark, Go } from '../ui/parts.tsx';
import { conductName } from './rows.tsx';

/** A tip that another unit holds, with its name. */
export interface ElsewhereTip extends QueueRow {
  readonly unitName: { readonly vi: string; readonly en: string };
}

/** One line of a list of tips that other units hold: why it is listed, then facts, never words. */
export const ElsewhereRow = (props: {
  readonly row: ElsewhereTip;
  /** What calls the reader to it; the unit's name where nothing does. */
  readonly why: string | null;
  readonly marks?: Child;
}) => {
  const { lang, texts, words } = useBase();
  const { conducts, now } = useDesk();
  const { row, why } = props;
  return (
    <li>
      <Go to={{ page: 'tip', tip: row.tip }} class="row" row>
        <span class="row-due">
          <DueMark due={row.due} now={now()} />
        </span>
        <span class="row-main">
          <span class="row-line">{why ?? row.unitName[lang]}</span>
          <span class="row-facts">
            {why === null ? null : <span>{row.unitName[lang]}</span>}
            <span>
              {row.registerNumber === null ? texts.queue.noNumber : texts.queue.number(row.registerNumber)}
            </span>
            <span>{conductName(row, lang, conducts, words.conductGroup)}</span>
            <span>{hourText(row.t0, lang)}</span>
          </span>
        </span>
        <span class="row-marks">
          {props.marks}
          <span class="badge">{words.stage[row.stage]}</span>
        </span>
      </Go>
    </li>
  );
};
