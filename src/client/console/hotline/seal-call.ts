import type { CallDesk } from './desk.ts';
import type { Listening } from './listening.ts';
import type { HotlineReference } from './reference.ts';

/** Seals a call; of a message that somebody left, nobody hears the code: the tip is marked so at once. */
export const sealCall = async (
  { desk, listening }: { readonly desk: CallDesk; readonly listening: Listening },
  id: number,
  reference: HotlineReference,
  lang: 'vi' | 'en',
): Promise<void> => {
  const call = desk.view().calls.find((one) => one.id === id);
  const voicemail = call?.kind === 'new' && call.draft.voicemail;
  if (!(await desk.seal(id, reference, lang)) || !voicemail) return;
  listening.sealed();
  await desk.hungUp(id);
};
