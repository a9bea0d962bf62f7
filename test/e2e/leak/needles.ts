/** One way in which a text could lie in bytes, with the bytes that betray it. */
export interface Needle {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/**
 * Every form of `text` that a leak could take: UTF-8, UTF-16 (both orders), each in NFC and NFD; base64 and base64url of the UTF-8
 * forms at the three alignments; percent-encoding in both cases of hex and with `+` for spaces; JSON's \u escapes.
 * @param text at least 12 characters, unlikely to occur by chance
 */
export function needlesOf(text: string): readonly Needle[] {
  if (text.length < 12) throw new Error('a canary this short would be found by chance');
  const found: Needle[] = [];
  for (const form of ['NFC', 'NFD'] as const) {
    const normal = text.normalize(form);
    const utf8 = Buffer.from(normal, 'utf8');
    const utf16le = Buffer.from(normal, 'utf16le');
    found.push({ encoding: `UTF-8 ${form}`, bytes: utf8 });
    found.push({ encoding: `UTF-16LE ${form}`, bytes: utf16le });
    found.push({ encoding: `UTF-16BE ${form}`, bytes: Buffer.from(utf16le).swap16() });
    found.push(...base64Needles(utf8, form));
    const percent = encodeURIComponent(normal);
    for (const [name, value] of [
      ['percent', percent],
      ['percent with lower hex', percent.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
      ['form', percent.replaceAll('%20', '+')],
    ] as const) {
      found.push({ encoding: `${name} ${form}`, bytes: Buffer.from(value, 'ascii') });
    }
    found.push({ encoding: `JSON escapes ${form}`, bytes: Buffer.from(jsonEscaped(normal), 'ascii') });
  }
  return found;
}

/** The part of base64 text that does not depend on what stands before or after, for each of the three alignments. */
function base64Needles(bytes: Buffer, form: string): Needle[] {
  return [0, 1, 2].flatMap((lead) => {
    const shifted = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const stable = shifted.slice(lead === 0 ? 0 : lead + 1, -2);
    return [
      { encoding: `base64 ${form} +${lead}`, bytes: Buffer.from(stable, 'ascii') },
      {
        encoding: `base64url ${form} +${lead}`,
        bytes: Buffer.from(stable.replaceAll('+', '-').replaceAll('/', '_'), 'ascii'),
      },
    ];
  });
}

function jsonEscaped(text: string): string {
  return Array.from(text, (unit) =>
    unit.charCodeAt(0) < 0x80 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** Names of the encodings in which the canary occurs in `haystack`. */
export function encodingsIn(haystack: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter((needle) => haystack.includes(needle.bytes)).map((needle) => needle.encoding);
}
