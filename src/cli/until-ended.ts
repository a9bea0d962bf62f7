import type { CommandContext } from './context.ts';

/** Until somebody ends the program: Ctrl C, the system, or, where asked for, the end of standard input. */
export const untilEnded = ({ io }: CommandContext): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    io.until?.addEventListener('abort', stop);
    if (io.env.TINKIN_EXIT_WITH_STDIN === '1') process.stdin.on('end', stop).resume();
  });
