import { dayOf } from '../../domain/calendar.ts';
import type { Conduct } from '../../domain/conduct.ts';
import { type Seconds, type StaffId, secondsOfHour } from '../../domain/ids.ts';
import type { RegisterEntry } from '../../domain/register.ts';
import { csvOf } from '../../http/kit/csv.ts';
import { consoleRegisterEn } from '../../i18n/en/console-register.ts';
import { domainEn } from '../../i18n/en/domain.ts';
import { formatDay, type Lang } from '../../i18n/index.ts';
import { consoleRegisterVi } from '../../i18n/vi/console-register.ts';
import { domainVi } from '../../i18n/vi/domain.ts';

const TEXTS = {
  vi: { register: consoleRegisterVi.register, words: domainVi },
  en: { register: consoleRegisterEn.register, words: domainEn },
};

/** What a file of the register says besides the lines. */
export interface Around {
  readonly conducts: readonly Conduct[];
  readonly nameOf: (staff: StaffId) => string;
  readonly lang: Lang;
}

/** Lines of the register as CSV, a column for each field of form 294 that needs no envelope opened. */
export function registerCsv(entries: readonly RegisterEntry[], { conducts, nameOf, lang }: Around): string {
  const { register: texts, words } = TEXTS[lang];
  const day = (at: Seconds | null): string => (at === null ? '' : formatDay(lang, dayOf(at)));
  const name = (staff: StaffId | null): string => (staff === null ? '' : nameOf(staff));
  const conductOf = ({ conduct, conductGroup }: RegisterEntry): string => {
    const known = conducts.find(({ id }) => id === conduct);
    if (known === undefined) return words.conductGroup[conductGroup];
    return lang === 'vi' ? known.officialVi : known.officialEn;
  };
  const columns: readonly (readonly [label: string, of: (entry: RegisterEntry) => string])[] = [
    [texts.number, ({ number, year }) => `${number}/${year}`],
    [texts.received, ({ t0 }) => hourText(secondsOfHour(t0), lang)],
    [texts.channel, ({ channel }) => words.channel[channel]],
    [texts.taken, ({ takenBy }) => name(takenBy)],
    [texts.entered, ({ enteredBy }) => name(enteredBy)],
    [texts.enteredDay, ({ enteredAt }) => day(enteredAt)],
    [texts.informant, ({ identity }) => (identity === null ? '' : words.law.identity[identity])],
    [texts.kind, ({ legalKind }) => (legalKind === null ? '' : words.legalKind[legalKind])],
    [texts.conduct, conductOf],
    [texts.priority, ({ priority }) => priority ?? ''],
    [texts.assignee, ({ assignee }) => name(assignee)],
    [
      texts.extension,
      ({ extension }) =>
        extension === null ? '' : texts.extended(extension.number, formatDay(lang, extension.until)),
    ],
    [texts.transfer, (entry) => transferText(entry, texts, lang)],
    [texts.outcome, ({ outcome }) => (outcome === null ? '' : words.outcome[outcome])],
    [texts.document, ({ documentNumber }) => documentNumber ?? ''],
    [texts.resolved, ({ resolvedAt }) => day(resolvedAt)],
    [
      texts.notified,
      ({ notified }) => {
        if (notified === null) return '';
        return (notified.impossible === null ? texts.told : texts.untold)(day(notified.at));
      },
    ],
    [texts.archived, ({ archivedAt }) => day(archivedAt)],
  ];
  return csvOf([
    columns.map(([label]) => label),
    ...entries.map((entry) => columns.map(([, of]) => of(entry))),
  ]);
}

const hourText = (at: Seconds, lang: Lang): string =>
  `${new Date((at + 7 * 3600) * 1000).toISOString().slice(11, 13)}:00 ${formatDay(lang, dayOf(at))}`;

const transferText = (
  { left, now }: RegisterEntry,
  texts: (typeof TEXTS)['vi']['register'],
  lang: Lang,
): string => {
  if (now !== null) return '';
  return left === null ? texts.leftSome : texts.left(formatDay(lang, left));
};
