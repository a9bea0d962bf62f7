/** No blanks, brackets, quotes or line breaks: nothing that could end a header or name a second address. */
const ADDRESS = /^[a-z0-9][\w.+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** True for an e-mail address as offices have them: the part of RFC 5321 that needs no quoting, at most 254 characters. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && ADDRESS.test(text) && !text.includes('..') && !text.includes('.@');
