import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { isCalendarDay } from '../../domain/calendar.ts';
import { parseCsv } from '../../domain/csv.ts';
import { isUnitId, type UnitId } from '../../domain/ids.ts';
import { UNIT_KINDS } from '../../domain/terms.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { onInstance, type Workbench } from '../operator.ts';

/** `tinkin units …`: list them, and bring in a table of new or changed ones. */
export function registerUnits(program: Command, context: CommandContext): void {
  const units = program.command('units').description('units of the instance');

  units
    .command('list')
    .description('all units, or those of one province')
    .option('--province <code>', 'two digits')
    .action(async (options: { province?: string }, command: Command) => {
      const rows = await onInstance(context, command, ({ instance }) =>
        instance.store.directory.units(options.province ?? null),
      );
      const text = rows.map(
        ({ code, parent, nameVi }) => `${code.padEnd(14)} ${(parent ?? '–').padEnd(14)} ${nameVi}`,
      );
      context.print({ text, data: { units: rows } });
    });

  units
    .command('import')
    .description(
      'add or change units from a CSV file: code,parent,kind,nameVi,nameEn,province,remote,from,until',
    )
    .argument('<file>', 'UTF-8, first line the names of the columns')
    .option('--check', 'only say what is wrong with the file')
    .action(async (file: string, options: { check?: boolean }, command: Command) => {
      const text = await readFile(path(context, file), 'utf8');
      const imported = await onInstance(context, command, (bench) =>
        importUnits(bench, text, options.check !== true),
      );
      const done = options.check === true ? 'The file is in order' : 'Imported';
      context.print({
        text: [
          `${done}: ${imported.added} new and ${imported.changed} known units.`,
          ...(options.check === true ? [] : ['Citizens see them after "tinkin keys publish".']),
        ],
        data: { ...imported, written: options.check !== true },
      });
    });
}

async function importUnits({ instance, recorder }: Workbench, text: string, write: boolean) {
  const known = new Map((await instance.store.directory.units(null)).map((unit) => [unit.code, unit]));
  const rows = readRows(text);
  const codes = new Set<UnitId>([...known.keys(), ...rows.map(({ code }) => code)]);
  const problems = rows.flatMap(({ code, parent }) =>
    parent !== null && !codes.has(parent) ? [`${code}: its parent ${parent} is nowhere`] : [],
  );
  const all = new Map([...known.values(), ...rows].map((unit) => [unit.code, unit]));
  for (const { code } of rows)
    if (isCircular(code, all)) problems.push(`${code}: its parents lead back to itself`);
  if (problems.length > 0)
    throw new UsageError(`The file was not taken:\n${problems.slice(0, 20).join('\n')}`);
  if (write) await recorder.units(rows);
  const changed = rows.filter(({ code }) => known.has(code)).length;
  return { added: rows.length - changed, changed };
}

function isCircular(code: UnitId, all: ReadonlyMap<UnitId, UnitRow>): boolean {
  const seen = new Set<UnitId>();
  let at: UnitId | null = code;
  while (at !== null) {
    if (seen.has(at)) return true;
    seen.add(at);
    at = all.get(at)?.parent ?? null;
  }
  return false;
}

/** Reads every row, or throws UsageError with the first twenty things that are wrong. */
function readRows(text: string): readonly UnitRow[] {
  let table: ReturnType<typeof parseCsv>;
  try {
    table = parseCsv(text);
  } catch (error) {
    throw new UsageError(`The file is no CSV table: ${error instanceof Error ? error.message : ''}.`);
  }
  if (table.length === 0) throw new UsageError('The file has no rows.');
  const problems: string[] = [];
  const seen = new Set<string>();
  const rows = table.map((row) => {
    const wrong = (what: string): void => {
      problems.push(`line ${row.line}: ${what}`);
    };
    const { get } = row;
    const [code, parent, until] = [get('code'), get('parent'), get('until')];
    if (!isUnitId(code)) wrong(`code "${code}" is not 1–40 of a–z, 0–9 and -`);
    if (seen.has(code)) wrong(`code ${code} is used twice`);
    seen.add(code);
    if (parent !== '' && !isUnitId(parent)) wrong(`parent "${parent}" is no code`);
    const kind = UNIT_KINDS.find((one) => one === get('kind'));
    if (kind === undefined) wrong(`kind "${get('kind')}" is none of ${UNIT_KINDS.join(', ')}`);
    for (const name of ['nameVi', 'nameEn', 'province'] as const) {
      if (get(name) === '' || get(name).length > 300) wrong(`${name} is missing or too long`);
    }
    if (!isCalendarDay(get('from'))) wrong(`from "${get('from')}" is not a day YYYY-MM-DD`);
    if (until !== '' && !isCalendarDay(until)) wrong(`until "${until}" is not a day YYYY-MM-DD`);
    if (!['', '0', '1'].includes(get('remote'))) wrong('remote is 1, 0 or empty');
    return {
      code: code as UnitId,
      parent: parent === '' ? null : (parent as UnitId),
      kind: kind ?? '',
      nameVi: get('nameVi'),
      nameEn: get('nameEn'),
      province: get('province'),
      remote: get('remote') === '1',
      from: get('from'),
      until: until === '' ? null : until,
    };
  });
  if (problems.length > 0)
    throw new UsageError(`The file was not taken:\n${problems.slice(0, 20).join('\n')}`);
  return rows;
}
