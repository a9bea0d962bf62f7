/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx/dom';
import { endOfDay } from '../../../domain/calendar.ts';
import type { StaffId } from '../../../domain/ids.ts';
import type { RegisterEntry } from '../../../domain/register.ts';
import { useBase, useDesk } from '../context.ts';
import { dayText, hourText } from '../format.ts';
import { conductName } from '../pages/rows.tsx';
import { DueMark, Go } from '../ui/parts.tsx';
import type { Summary } from '../worker/calls.ts';

/** Headings of the book's columns; each holds fields of form 294 that belong together. */
export const useColumns = (): readonly string[] => {
  const { register } = useBase().texts;
  const { number, informant, content, people, extension, transfer, outcome, notified } = register;
  return [number, informant, content, people, extension, transfer, outcome, notified];
};

const Cell = (props: { readonly label: string; readonly children?: Child }) => (
  <td data-label={props.label}>{props.children}</td>
);

const Informant = ({
  entry,
  summary,
}: {
  readonly entry: RegisterEntry;
  readonly summary: Summary | undefined;
}) => {
  const { texts, words } = useBase();
  const given = summary?.informant ?? null;
  // An envelope that names nobody is an anonymous tip, whether or not it was classified.
  const opened = summary !== undefined && summary.text !== null;
  const mode = given?.mode ?? entry.identity ?? (opened ? 'anonymous' : null);
  return (
    <>
      {mode === null ? '–' : words.law.identity[mode]}
      {given === null ? null : (
        <>
          {given.name === '' ? null : <span class="line strong">{given.name}</span>}
          {given.address === '' ? null : <span class="line">{given.address}</span>}
          {given.reason === '' ? null : (
            <span class="line soft">{texts.register.refusedWhy(given.reason)}</span>
          )}
        </>
      )}
    </>
  );
};

const Content = ({ summary }: { readonly summary: Summary | undefined }) => {
  const { register } = useBase().texts;
  if (summary === undefined) return <span class="line soft no-print">{register.closed}</span>;
  return <span class="line">{summary.text ?? register.cannot}</span>;
};

/** One line of the book. On paper nothing leads on, and deadlines are days. */
export const BookLine = ({
  entry,
  summary,
  paper = false,
}: {
  readonly entry: RegisterEntry;
  readonly summary: Summary | undefined;
  readonly paper?: boolean;
}) => {
  const { lang, texts, words } = useBase();
  const { conducts, nameOf, now } = useDesk();
  const t = texts.register;
  const name = (staff: StaffId | null): string | null => (staff === null ? null : nameOf(staff));
  const number = `${entry.number}/${entry.year}`;
  const standing = entry.now;
  return (
    <tr>
      <th scope="row" data-label={t.number}>
        {entry.tip === null || paper ? (
          number
        ) : (
          <Go to={{ page: 'tip', tip: entry.tip }} row>
            {number}
          </Go>
        )}
        <span class="line small">{hourText(entry.t0, lang)}</span>
        <span class="line small soft">{words.channel[entry.channel]}</span>
      </th>
      <Cell label={t.informant}>
        <Informant entry={entry} summary={summary} />
      </Cell>
      <Cell label={t.content}>
        {entry.tip === null ? null : <Content summary={summary} />}
        <span class="line">{conductName(entry, lang, conducts, words.conductGroup)}</span>
        <span class="line soft">
          {[entry.legalKind === null ? null : words.legalKind[entry.legalKind], entry.priority]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </Cell>
      <Cell label={t.people}>
        {name(entry.takenBy ?? entry.enteredBy) ?? '–'}
        {entry.assignee === null ? null : <span class="line">→ {name(entry.assignee)}</span>}
      </Cell>
      <Cell label={t.extension}>
        {entry.extension === null
          ? '–'
          : t.extended(entry.extension.number, dayText(endOfDay(entry.extension.until)))}
        {standing === null || standing.due === null ? null : paper ? (
          <span class="line">
            {t.due}: {dayText(standing.due)}
          </span>
        ) : (
          <span class="line">
            <DueMark due={standing.due} now={now()} />
          </span>
        )}
      </Cell>
      <Cell label={t.transfer}>
        {standing !== null ? '–' : entry.left === null ? t.leftSome : dayText(endOfDay(entry.left))}
      </Cell>
      <Cell label={t.outcome}>
        {entry.outcome !== null
          ? words.outcome[entry.outcome]
          : standing === null
            ? '–'
            : standing.overlay === 'none'
              ? words.stage[standing.stage]
              : words.overlay[standing.overlay]}
        {entry.documentNumber === null ? null : (
          <span class="line">{t.documentNumber(entry.documentNumber)}</span>
        )}
        {entry.resolvedAt === null ? null : <span class="line soft">{dayText(entry.resolvedAt)}</span>}
      </Cell>
      <Cell label={t.notified}>
        {entry.notified === null
          ? '–'
          : (entry.notified.impossible === null ? t.told : t.untold)(dayText(entry.notified.at))}
        {entry.archivedAt === null ? null : (
          <span class="line soft">{t.archivedOn(dayText(entry.archivedAt))}</span>
        )}
      </Cell>
    </tr>
  );
};
