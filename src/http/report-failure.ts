import type { AppError } from '../domain/errors.ts';
import type { RequestLog } from '../ports/deps.ts';

/** Logs an error that is the service's own fault; others are in the request log by their code alone. */
export function reportFailure(log: RequestLog, error: AppError): void {
  if (error.status >= 500) log.service('error', 'request_failed', describe(error));
}

/** Codes, class and place in the program: enough to find a defect. Never a message or a whole stack, which could quote what was sent. */
function describe(error: AppError): Record<string, string> {
  const { cause } = error;
  if (!(cause instanceof Error)) return { code: error.code };
  const inner = 'code' in cause && typeof cause.code === 'string' ? { cause: cause.code } : {};
  return { code: error.code, kind: cause.name, at: firstFrame(cause.stack), ...inner };
}

/** File and line where it was thrown. */
function firstFrame(stack: string | undefined): string {
  const frame = stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return frame?.match(/([\w.-]+:\d+):\d+\)?$/)?.[1] ?? 'unknown';
}
