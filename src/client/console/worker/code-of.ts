import { ProtocolError } from '../../../protocol/errors.ts';
import { Problem } from '../http.ts';

/** Why something did not open, for showing; throws on what is no refusal but a fault of the program. */
export const codeOf = (error: unknown): string => {
  if (error instanceof Problem || error instanceof ProtocolError) return error.code;
  throw error;
};
