import { AppError } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ReadMailbox } from '../../protocol/mailbox-reading.ts';

/**
 * Opens a mailbox for a browser without script: the code is derived, used and overwritten within this one request. An unknown code and
 * one whose mailbox has another key get the same answer. Errors: `sealer_off`, `sealer_busy`, `code_malformed`, `mailbox_refused`.
 */
export async function openPlainMailbox(deps: Deps, code: string): Promise<ReadMailbox> {
  if (deps.sealer === null) throw new AppError('sealer_off');
  const unlocked = await deps.sealer.unlock(code);
  try {
    const keys = await deps.store.mailbox.keys(unlocked.locator);
    const known = keys !== null && deps.crypto.equal(keys.loginKey, unlocked.loginKey);
    const view = known ? await deps.store.mailbox.view(keys.tip) : null;
    if (view === null) throw new AppError('mailbox_refused', { field: 'code' });
    return await unlocked.read(view);
  } finally {
    unlocked.close();
  }
}
