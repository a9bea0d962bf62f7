/**
 * A table as CSV (RFC 4180, CRLF) with a byte-order mark, so that a spreadsheet reads the Vietnamese letters. A cell that a spreadsheet could
 * take for a formula gets an apostrophe before it.
 */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
