import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { voiceWav } from '../adapters/transcriber/voice.ts';
import { tinkin } from './support.ts';

const ORIGIN = 'https://tin.sonla.example.vn';
const PROGRAM = join(import.meta.dirname, '../adapters/transcriber/speech-program.mjs');
/** Quoted as somebody types it whose folders have blanks in their names. */
const COMMAND = `"${process.execPath}" '${PROGRAM}' echo {file} {lang}`;

/** Starts the command with a program of ours and tells where it listens and what token it printed. */
async function started(...more: readonly string[]) {
  const stop = new AbortController();
  const lines: string[] = [];
  const { promise: address, resolve } = Promise.withResolvers<string>();
  const run = tinkin(['transcriber', '--origin', ORIGIN, '--port', '0', '--command', COMMAND, ...more], {
    until: stop.signal,
    heard: (line) => {
      lines.push(line);
      const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    },
  });
  const end = async () => {
    stop.abort();
    return run;
  };
  onTestFinished(async () => {
    await end();
  });
  return { base: await address, lines, end };
}

const ask = (base: string, token: string) =>
  fetch(`${base}/transcribe?lang=vi`, {
    method: 'POST',
    headers: { origin: ORIGIN, authorization: `Bearer ${token}`, 'content-type': 'audio/wav' },
    body: voiceWav(800),
  });

describe('tinkin transcriber', () => {
  test('has a program of this machine listen, for who has the token that it printed', async () => {
    const { base, lines, end } = await started();
    const token = /: (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '';
    const answer = await ask(base, token);
    expect(answer.status).toBe(200);
    const { text } = (await answer.json()) as { text: string };
    expect(text).toMatch(/^Nghe được 1644 byte,\nvi, 700/);
    expect((await ask(base, 'another-token')).status).toBe(401);
    expect((await end()).exit).toBe(0);
    await expect(ask(base, token)).rejects.toThrow();
  });

  test('prints another token each time, as one JSON object where asked for', async () => {
    const [one, other] = [await started('--json'), await started('--json')];
    const tokens = [one, other].map(({ lines }) => (JSON.parse(lines[0] ?? '') as { token: string }).token);
    expect(new Set(tokens).size).toBe(2);
    expect(tokens[0]).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect((await ask(one.base, tokens[0] ?? '')).status).toBe(200);
    expect((await ask(other.base, tokens[0] ?? '')).status).toBe(401);
  });

  test.each<[readonly string[], string]>([
    [['--origin', ORIGIN], 'Either --command or --sherpa'],
    [['--origin', ORIGIN, '--command', 'a {file}', '--sherpa', '/x'], 'Either --command or --sherpa'],
    [['--origin', ORIGIN, '--command', 'whisper -l vi'], '--command must hold {file}'],
    [['--origin', `${ORIGIN}/console`, '--command', 'a {file}'], '--origin must be an origin'],
    [['--origin', ORIGIN, '--command', 'a {file}', '--port', '99999'], '--port must be a number'],
    [['--origin', ORIGIN, '--sherpa', join(import.meta.dirname, 'no-such-folder')], 'tokens.txt'],
    [['--command', 'a {file}'], '--origin'],
  ])('refuses %j and says why', async (args, why) => {
    const run = await tinkin(['transcriber', ...args]);
    expect(run.exit).toBe(2);
    expect(run.err).toContain(why);
    expect(run.out).toBe('');
  });

  test('says that the port is taken', async () => {
    const { base } = await started();
    const port = new URL(base).port;
    const twin = await tinkin([
      ...['transcriber', '--origin', ORIGIN, '--port', port, '--command', 'a {file}'],
    ]);
    expect([twin.exit, twin.err]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  });
});
