import { Upload } from '../../common/upload.ts';
import { browserLine } from '../../common/upload-line.ts';
import type { ChosenFile, OutgoingFiles } from '../../worker/outgoing-files.ts';
import type { Report } from './calls.ts';
import { asProblem } from './hotline/line.ts';

/** Refusals are told by their code alone, so no language is needed. */
const LANG = 'vi';

/** Seals and uploads files one after the other, by the routes that citizens use. Throws Problem with the server's refusals. */
export async function sendFiles(
  files: OutgoingFiles,
  chosen: readonly ChosenFile[],
  report: Report,
): Promise<void> {
  for (const file of chosen) {
    const info = files.attach(file);
    const source = {
      part: (no: number) => files.part({ id: info.id, no }),
      done: async (no: number, hash: string) => files.partDone({ id: info.id, no, hash }),
      solve: async (challenge: Parameters<OutgoingFiles['solve']>[0]) => files.solve(challenge),
    };
    const view = { progress: report, note: () => undefined };
    const { root } = await asProblem(() => new Upload(info, source, view, browserLine(LANG)).run());
    files.attached({ id: info.id, root });
  }
}
