import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { nodeCrypto } from '../../adapters/crypto/node.ts';
import { lawHashes } from '../../audit/law-hashes.ts';
import { dayOf, isCalendarDay } from '../../domain/calendar.ts';
import { parseClockRules } from '../../domain/clock-rules.ts';
import type { ClockRule, Limit } from '../../domain/clocks.ts';
import { DataValue } from '../../domain/data-error.ts';
import { HolidayLineError, holidayRows, parseHolidayCsv } from '../../domain/holiday-csv.ts';
import { type HolidayTable, parseHolidayTables, readHolidays } from '../../domain/holidays.ts';
import { checkLaw, LAW_FILE_NAMES, linesOfRules } from '../../domain/law-check.ts';
import { csvOf } from '../../http/kit/csv.ts';
import { findingText, lawTextIn } from '../../instance/law.ts';
import { projectRoot } from '../../instance/project-root.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { onInstance, type Workbench } from '../operator.ts';

/** `tinkin law …`: check the files of law line by line, show them as a lawyer reads them, and keep the yearly rest days. */
export function registerLaw(program: Command, context: CommandContext): void {
  const law = program.command('law').description('clocks, holidays and what else is law');

  law
    .command('check')
    .description(
      'every line of the files of law by which nobody could count, and what a lawyer should look at',
    )
    .argument('[folder]', 'files to look at before they are put in place; without it those of the project')
    .action((folder: string | undefined) => {
      const findings = checkLaw(lawTextIn(folderOf(context, folder)));
      const errors = findings.filter(({ weight }) => weight === 'error').length;
      const text = findings.map(
        (one) => `${one.weight === 'error' ? 'error  ' : 'warning'} ${findingText(one)}`,
      );
      const sum = `${LAW_FILE_NAMES.length} files: ${errors} errors, ${findings.length - errors} warnings.`;
      context.print({ text: [...text, sum], data: { findings }, ok: errors === 0 });
    });

  law
    .command('show')
    .description(
      'the clocks that are in force on a day, with line, article and nature, and the hash of every file',
    )
    .option('--on <day>', 'YYYY-MM-DD, today without it')
    .argument('[folder]', 'as for check')
    .action((folder: string | undefined, { on }: { on?: string }) => {
      if (on !== undefined && !isCalendarDay(on)) throw new UsageError('--on must be a day YYYY-MM-DD.');
      context.print(shown(folderOf(context, folder), on ?? dayOf(systemClock(0).now())));
    });

  const holidays = law.command('holidays').description('rest days of a year');
  holidays
    .command('import')
    .description('replace the table of a year by a CSV file: day,kind,name')
    .argument('<year>')
    .argument('<file>', 'UTF-8; kind is off or worked')
    .option('--check', 'only say what is wrong with the file')
    .action(async (year: string, file: string, options: { check?: boolean }, command: Command) => {
      const table = readTable(yearIn(year), await readFile(path(context, file), 'utf8'));
      if (options.check !== true)
        await onInstance(context, command, ({ recorder }) => recorder.holidays(table));
      const facts = { year: table.year, off: table.off.length, worked: table.worked.length };
      const done =
        options.check === true ? 'The file is in order' : 'Saved; steps count by it in ten minutes';
      const text = [
        `${done}: ${facts.off} days off and ${facts.worked} worked at weekends in ${facts.year}.`,
      ];
      context.print({ text, data: { ...facts, written: options.check !== true } });
    });
  holidays
    .command('export')
    .description('the table of a year as CSV')
    .argument('<year>')
    .argument('[file]', 'without it the table is printed')
    .action(async (year: string, file: string | undefined, _options: unknown, command: Command) => {
      const table = await onInstance(context, command, (bench) => tableOf(bench, yearIn(year)));
      const csv = csvOf(holidayRows(table));
      if (file !== undefined) await writeFile(path(context, file), csv);
      context.print({
        text: file === undefined ? [csv.trimEnd()] : [`Written to ${file}.`],
        data: { ...table },
      });
    });
}

const folderOf = (context: CommandContext, folder: string | undefined): string =>
  folder === undefined ? join(projectRoot(), 'db', 'data') : path(context, folder);

function yearIn(text: string): number {
  if (!/^20\d\d$/.test(text)) throw new UsageError('The year must be one of 2000 to 2099.');
  return Number(text);
}

function readTable(year: number, text: string): HolidayTable {
  try {
    return parseHolidayCsv(year, text);
  } catch (error) {
    if (error instanceof HolidayLineError) throw new UsageError(`The file was not taken: ${error.message}.`);
    throw error;
  }
}

/** The table of a year that was saved last, else the project's. Throws UsageError when there is none. */
async function tableOf({ instance, data }: Workbench, year: number): Promise<HolidayTable> {
  const saved = (await instance.store.law.holidays()).findLast((one) => one.year === year);
  if (saved !== undefined) return readHolidays(year, new DataValue('holidays', JSON.parse(saved.data)));
  const shipped = parseHolidayTables(data.get('holidays')).find((one) => one.year === year);
  if (shipped === undefined) throw new UsageError(`Nobody has entered the holidays of ${year} yet.`);
  return shipped;
}

const LIMIT_WORDS: Readonly<Record<Limit['unit'], string>> = {
  ...{ h: 'hours', d: 'days', wd: 'working days', m: 'months', wh: 'working hours' },
};
const limitText = ({ n, unit }: Limit): string =>
  `${n} ${n === 1 ? LIMIT_WORDS[unit].replace(/s$/, '') : LIMIT_WORDS[unit]}`;

/** One rule as a lawyer reads it, after the line on which it stands. */
function ruleText({ clock, when, limit, remote, starts, basis, nature, id }: ClockRule): string {
  const cases = Object.values(when).flatMap((words) => (words === null ? [] : [words.join(' or ')]));
  const from = starts.map(({ step, countedFrom }) => (countedFrom === 't0' ? `${step} (from T0)` : step));
  return [
    `${clock}: ${limitText(limit)}${remote === null ? '' : `, ${limitText(remote)} in remote areas`}`,
    cases.length === 0 ? 'all tips' : cases.join(' and '),
    `set by ${from.join(', ')}`,
    `${basis} (${nature})`,
    id,
  ].join(' · ');
}

function shown(folder: string, day: string) {
  const read = lawTextIn(folder);
  const errors = checkLaw(read).filter(({ weight }) => weight === 'error');
  if (errors.length > 0) return { text: errors.map(findingText), data: { findings: errors }, ok: false };
  const lines = linesOfRules(read('clocks'));
  const { rules } = parseClockRules(JSON.parse(read('clocks')));
  const inForce = rules.filter(({ from, until }) => from <= day && (until === null || day <= until));
  const hashes = lawHashes(nodeCrypto(), (name) => JSON.parse(read(name)));
  return {
    text: [
      `In force on ${day}:`,
      ...inForce.map((rule) => `clocks.json:${lines.get(rule.id) ?? 1}  ${ruleText(rule)}`),
      '',
      ...Object.entries(hashes).map(([name, hash]) => `${hash}  ${name}.json`),
    ],
    data: { day, rules: inForce, hashes },
  };
}
