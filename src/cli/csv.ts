/**
 * Rows of a CSV text (RFC 4180: commas, quotes doubled inside quotes, either line end), the first line giving the names of the columns.
 * Throws Error that names the line of an unclosed quote or of a row with another number of fields.
 */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...rows] = splitRows(text.replace(/^\uFEFF/, ''));
  if (header === undefined) return [];
  return rows.map((row, i) => {
    if (row.length !== header.length) {
      throw new Error(`line ${i + 2} has ${row.length} fields, not ${header.length}`);
    }
    return Object.fromEntries(header.map((name, at) => [name.trim(), row[at] ?? '']));
  });
}

function splitRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(field);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    field = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') field += char;
      else if (text.charAt(at + 1) === '"') field += text.charAt(at++);
      else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === ',') {
      row.push(field);
      field = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
  }
  if (quoted) throw new Error(`a quote is not closed, from line ${rows.length + 1} on`);
  endRow();
  return rows;
}
