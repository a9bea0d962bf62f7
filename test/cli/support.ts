import type { CliIo, ExitCode } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run-cli.ts';

export interface CliRun {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs a command line in this process; `answers` are typed in turn when it asks. */
export async function tinkin(
  args: readonly string[],
  options: {
    readonly answers?: readonly string[];
    readonly env?: CliIo['env'];
    readonly cwd?: string;
    /** Ends a command that serves; `heard` gets each line as it is printed. */
    readonly until?: AbortSignal;
    readonly heard?: (line: string) => void;
  } = {},
): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  const answers = options.answers === undefined ? null : [...options.answers];
  const exit = await runCli(args, {
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    out: (text) => {
      out.push(text);
      options.heard?.(text);
    },
    err: (text) => {
      err.push(text);
      options.heard?.(text);
    },
    ...(options.until === undefined ? {} : { until: options.until }),
    ask:
      answers === null
        ? null
        : async (question) => {
            const answer = answers.shift();
            if (answer === undefined) throw new Error(`nobody answers: ${question}`);
            return answer;
          },
  });
  return {
    exit,
    out: out.join('\n'),
    err: err.join('\n'),
    json: <T>() => JSON.parse(out.join('\n')) as T,
  };
}
