/** @jsxImportSource hono/jsx/dom */

import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import { isUrgentTip } from '../../../domain/priority.ts';
import type { ListedTip, QueueRow } from '../../../domain/tip-row.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { useState } from '../hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { DueMark, Go } from '../ui/parts.tsx';
import type { Line } from '../worker/calls.ts';

/** First lines of tips, decrypted in the Worker as rows come; what is known stays until the console locks. */
export const useLines = (rows: readonly QueueRow[]): Readonly<Record<string, Line>> => {
  const { vault } = useBase();
  const [lines, setLines] = useState<Readonly<Record<string, Line>>>({});
  const wanted = rows.map((row) => row.tip).filter((tip) => lines[tip] === undefined);
  const key = wanted.join();
  useEffect(() => {
    if (wanted.length === 0) return;
    let alive = true;
    const keep = (fresh: Readonly<Record<string, Line>>): void => {
      if (alive) setLines((known) => ({ ...known, ...fresh }));
    };
    vault.ask('lines', { tips: wanted }).then(keep, () => keep(closed(wanted)));
    return () => {
      alive = false;
    };
  }, [key]);
  return lines;
};

const closed = (tips: readonly TipId[]): Readonly<Record<string, Line>> =>
  Object.fromEntries(tips.map((tip) => [tip, { text: null, code: 'network' }]));

/** What a tip is about, as far as anybody has said: classified conduct, else the coarse group. */
export const conductName = (
  row: Pick<QueueRow, 'conduct' | 'conductGroup'>,
  lang: 'vi' | 'en',
  conducts: readonly { readonly id: string; readonly officialVi: string; readonly officialEn: string }[],
  groups: Readonly<Record<string, string>>,
): string => {
  const known = conducts.find((conduct) => conduct.id === row.conduct);
  if (known !== undefined) return lang === 'vi' ? known.officialVi : known.officialEn;
  return groups[row.conductGroup] ?? row.conductGroup;
};

const RowLine = ({ line }: { readonly line: Line | undefined }) => {
  const { texts } = useBase();
  if (line === undefined) return <span class="row-line row-line-closed">{texts.queue.opening}</span>;
  if (line.text === null) return <span class="row-line row-line-closed">{texts.queue.closed}</span>;
  return <span class="row-line">{line.text}</span>;
};

/** Rows say that most of a deadline is gone; what is less stands on the tip. */
const TOLD_FROM = 80;

const Row = ({
  row,
  line,
  now,
}: {
  readonly row: ListedTip;
  readonly line: Line | undefined;
  readonly now: number;
}) => {
  const { lang, texts, words } = useBase();
  const { conducts, nameOf } = useDesk();
  const { answering } = row;
  const answers =
    answering === null ? null : answering.staff === null ? texts.answering.as.above : nameOf(answering.staff);
  return (
    <Go to={{ page: 'tip', tip: row.tip }} class="row" row>
      <span class="row-due">
        <DueMark due={row.due} now={now} />
      </span>
      <span class="row-main">
        <RowLine line={line} />
        <span class="row-facts">
          <span>
            {row.registerNumber === null ? texts.queue.noNumber : texts.queue.number(row.registerNumber)}
          </span>
          <span>{conductName(row, lang, conducts, words.conductGroup)}</span>
          <span>{hourText(row.t0, lang)}</span>
          {answers === null ? null : <span>{answers}</span>}
          {row.level < TOLD_FROM ? null : <span>{texts.reached.inRow(row.level)}</span>}
        </span>
      </span>
      <span class="row-marks">
        {isUrgentTip(row) ? (
          <span class="badge badge-urgent">
            <Icon name="bell" />
            {texts.queue.urgent}
          </span>
        ) : null}
        <span class={row.stage === 'submitted' ? 'badge badge-new' : 'badge'}>
          {row.overlay === 'none' ? words.stage[row.stage] : words.overlay[row.overlay]}
        </span>
      </span>
    </Go>
  );
};

/** A list of tips: deadline, first line, what is known, where it stands. */
export const TipRows = ({
  rows,
  lines,
}: {
  readonly rows: readonly ListedTip[];
  readonly lines: Readonly<Record<string, Line>>;
}) => {
  const { texts } = useBase();
  const { now } = useDesk();
  const at = now();
  return (
    <ol class="rows" aria-label={texts.queue.list}>
      {rows.map((row) => (
        <li key={row.tip}>
          <Row row={row} line={lines[row.tip]} now={at} />
        </li>
      ))}
    </ol>
  );
};
