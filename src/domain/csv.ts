/** A row of a table by the names of its columns. */
export interface CsvRow {
  /** Line of the text on which the row begins, from 1; the names of the columns stand on the first. */
  readonly line: number;
  /** What stands in a column, in NFC and without blanks around it; empty for a column that the table does not have. */
  get(column: string): string;
}

/** A text that is no table. `line` counts from 1. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

/**
 * Rows of a CSV text (RFC 4180: commas, quotes doubled inside quotes, either line end; a byte-order mark is skipped), the first line giving the
 * names of the columns. Throws `CsvError` for an unclosed quote, a row with another number of fields, or columns other than those wanted.
 * @param columns names that the first line must give, in any order; none: whatever it gives.
 */
export function parseCsv(text: string, columns: readonly string[] = []): readonly CsvRow[] {
  const [header, ...rows] = splitRows(text.replace(/^\uFEFF/, ''));
  if (header === undefined) return [];
  const names = header.cells.map(tidy);
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) throw new CsvError(header.line, `the column ${missing} is missing`);
  const other = columns.length === 0 ? undefined : names.find((name) => !columns.includes(name));
  if (other !== undefined) throw new CsvError(header.line, `there is no column ${other}`);
  return rows.map(({ line, cells }) => {
    if (cells.length !== names.length)
      throw new CsvError(line, `has ${cells.length} fields, not ${names.length}`);
    return { line, get: (column) => tidy(cells[names.indexOf(column)] ?? '') };
  });
}

const tidy = (text: string): string => text.normalize('NFC').trim();

interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

function splitRows(text: string): RawRow[] {
  const rows: RawRow[] = [];
  let cells: string[] = [];
  let field = '';
  let quotedFrom = 0;
  let line = 1;
  let begins = 1;
  const endRow = (): void => {
    cells.push(field);
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells });
    cells = [];
    field = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\n') line += 1;
    if (quotedFrom > 0) {
      if (char !== '"') field += char;
      else if (text.charAt(at + 1) === '"') field += text.charAt(at++);
      else quotedFrom = 0;
    } else if (char === '"' && field === '') quotedFrom = line;
    else if (char === ',') {
      cells.push(field);
      field = '';
    } else if (char === '\n') {
      endRow();
      begins = line;
    } else if (char !== '\r') field += char;
  }
  if (quotedFrom > 0) throw new CsvError(quotedFrom, 'a quote is not closed');
  endRow();
  return rows;
}
