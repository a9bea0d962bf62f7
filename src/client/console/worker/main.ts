import { AppError } from '../../../domain/errors.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import { type Pins, parsePins } from '../../../protocol/root.ts';
import { loadSodiumSuite } from '../../../protocol/sodium.ts';
import { answering } from '../by-itself.ts';
import { Problem } from '../http.ts';
import type { Answer, Calls, Question, Report } from './calls.ts';
import { handlers } from './handlers.ts';
import { WorkerState } from './state.ts';

/** Trust anchors of this build. */
const pins = (): Pins => parsePins(__TINKIN_PINS__);

const starting = loadSodiumSuite().then((suite) => new WorkerState(suite, pins(), self.location.origin));

const problemAnswer = (id: number, error: unknown): Answer => {
  if (error instanceof Problem) {
    const { code, status, field, sentence, retryAfter } = error;
    return { id, kind: 'problem', code, status, field, sentence, retryAfter };
  }
  if (error instanceof ProtocolError || error instanceof AppError)
    return { id, kind: 'problem', code: error.code, field: error.field };
  return { id, kind: 'problem', code: 'worker' };
};

const answerTo = async ({ id, name, input, auto }: Question): Promise<void> => {
  const say = (answer: Answer): void => self.postMessage(answer);
  const report: Report = (done, total) => say({ id, kind: 'progress', done, total });
  try {
    const state = await starting;
    const handler = handlers[name] as (
      state: WorkerState,
      input: unknown,
      report: Report,
    ) => Promise<Calls[typeof name]['out']>;
    say({ id, kind: 'value', value: await answering(auto, () => handler(state, input, report)) });
  } catch (error) {
    say(problemAnswer(id, error));
  }
};

self.addEventListener('message', (message: MessageEvent<Question>) => void answerTo(message.data));
