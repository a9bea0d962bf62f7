import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { AttachmentInfo, ChosenFile } from '../worker/outgoing-files.ts';

/** What the crypto Worker does with files on their way out: keys stay there, the page sends what is sealed. */
export interface FilesApi {
  /** Prepares a file for sending; nothing of it is read yet. Throws `field_invalid` for a file that cannot be sent. */
  attach(file: ChosenFile): AttachmentInfo;
  /** Seals a part, or gives the very bytes again while they are not acknowledged. Throws `field_invalid` when the file cannot be read. */
  part(request: { readonly id: string; readonly no: number }): Promise<Uint8Array<ArrayBuffer>>;
  /** The server has a part: compares the hash, forgets the bytes. Throws `manifest_mismatch`. */
  partDone(request: { readonly id: string; readonly no: number; readonly hash: string }): null;
  /** The server has all parts: compares what it says they are. Throws `manifest_mismatch`. */
  attached(request: { readonly id: string; readonly root: string }): null;
  /** Forgets a file and its key. */
  detach(id: string): null;
  /** Solves a proof of work for an upload; base64url. */
  solve(challenge: ChallengeAnswer): string;
}
