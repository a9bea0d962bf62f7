/**
 * The codings that an Accept-Encoding header takes, in lower case: those that it names with a quality above zero (RFC 9110, 12.5.3).
 * A wildcard names none.
 */
export const acceptedCodings = (header: string | undefined): ReadonlySet<string> =>
  new Set(
    (header ?? '').split(',').flatMap((part) => {
      const [name = '', ...parameters] = part
        .toLowerCase()
        .split(';')
        .map((piece) => piece.trim());
      return parameters.some((one) => /^q\s*=\s*0(?:\.0*)?$/.test(one)) ? [] : [name];
    }),
  );
