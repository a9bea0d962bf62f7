import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import { overwriteFile } from '../blobs/overwrite.ts';
import { asDraft, MAX_DRAFT } from './draft.ts';
import { voiceSamples } from './voice-wav.ts';

/** Where sound is laid for the program: memory where there is such a folder, else the system's folder for temporary files. */
const MEMORY = '/dev/shm';
const PREFIX = 'tinkin-voice-';
const SOUND = 'voice.wav';
/** Milliseconds after which sound that still lies there is nobody's any more: no work takes half as long. */
const LEFT = 20 * 60_000;

/**
 * The words of a command line: separated by blanks, kept together by single or double quotes. No shell is asked, so nothing else has a
 * meaning. Null for a quote without its partner, for no words, and when `{file}` is not among them.
 */
export function commandWords(line: string): readonly string[] | null {
  const words: string[] = [];
  const pattern = /\s+|((?:[^\s"']|"[^"]*"|'[^']*')+)|(["'])/g;
  for (const [, word, lonely] of line.matchAll(pattern)) {
    if (lonely !== undefined) return null;
    if (word !== undefined) words.push(word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  }
  return words.some((word) => word.includes('{file}')) && !words[0]?.includes('{') ? words : null;
}

export interface ProgramOptions {
  /** Folder below which sound is laid; found by itself. */
  readonly folder?: string;
}

/**
 * Turns speech into text by a program of the operator's choice, started anew for each recording: `{file}` in its words becomes the path of a
 * WAV file that nobody else may read, `{lang}` becomes `vi` or `en`, and what it prints is the text.
 */
export function programTranscriber(words: readonly string[], options: ProgramOptions = {}): Transcriber {
  const [program = '', ...rest] = words;
  return {
    name: basename(program),
    async transcribe(wav, lang, signal) {
      voiceSamples(wav);
      const began = Date.now();
      const place = options.folder ?? (await soundFolder());
      await sweep(place);
      const folder = await mkdtemp(join(place, PREFIX));
      const file = join(folder, SOUND);
      try {
        await writeFile(file, wav, { mode: 0o600, flag: 'wx' });
        const filled = rest.map((word) => word.replaceAll('{file}', file).replaceAll('{lang}', lang));
        const text = await output(program, filled, signal);
        return { text: asDraft(text), ms: Date.now() - began };
      } finally {
        // Where the sound lay in memory this is nothing more than deleting it.
        await overwriteFile(file);
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function soundFolder(): Promise<string> {
  try {
    await access(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

/** Removes sound that an earlier run left because it was ended by force. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(place, name);
    const found = await stat(folder).catch(() => null);
    const mine = process.getuid === undefined || found?.uid === process.getuid();
    if (found === null || !mine || Date.now() - found.mtimeMs < LEFT) continue;
    await overwriteFile(join(folder, SOUND));
    await rm(folder, { recursive: true, force: true });
  }
}

const failed = (cause: unknown): AppError => new AppError('unavailable', { cause });

/** Standard output of a program that ends well. Error `unavailable` when it does not: missing, failed, ended or too slow. */
function output(program: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(failed(signal.reason));
    const child: ChildProcess = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      length += chunk.length;
      // A program that never stops talking is stopped; a draft is no longer than this.
      if (length > MAX_DRAFT * 8) kill();
      else chunks.push(chunk);
    });
    child.on('error', (error) => {
      signal.removeEventListener('abort', kill);
      reject(failed(error));
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', kill);
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(failed(code));
    });
  });
}
