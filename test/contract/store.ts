import { describe } from 'vitest';
import { accountsContract } from './store-accounts.ts';
import { balanceContract } from './store-balance.ts';
import { boardContract } from './store-board.ts';
import { claimContract } from './store-claims.ts';
import { copiesContract } from './store-copies.ts';
import { decisionContract } from './store-decisions.ts';
import { directoryContract } from './store-directory.ts';
import { dutyContract } from './store-duty.ts';
import { envelopeContract } from './store-envelopes.ts';
import type { MakeStore } from './store-fixture.ts';
import { holesContract } from './store-holes.ts';
import { hotlineContract } from './store-hotline.ts';
import { intakeContract } from './store-intake.ts';
import { lawContract } from './store-law.ts';
import { ledgerContract } from './store-ledger.ts';
import { mailboxContract } from './store-mailbox.ts';
import { membersContract } from './store-members.ts';
import { oversightContract } from './store-oversight.ts';
import { postContract } from './store-post.ts';
import { queueContract } from './store-queue.ts';
import { rightsContract } from './store-rights.ts';
import { rollupContract } from './store-rollups.ts';

import { shredContract } from './store-shred.ts';
import { stepContract } from './store-steps.ts';
import { threadContract } from './store-thread.ts';
import { transferContract } from './store-transfers.ts';
import { uploadContract } from './store-uploads.ts';

/** What every adapter of the Store port must do. Each test opens a store of its own. */
export function describeStoreContract(name: string, makeStore: MakeStore): void {
  describe(`${name} keeps the Store contract`, () => {
    describe('intake', () => intakeContract(makeStore));
    describe('steps', () => stepContract(makeStore));
    describe('decisions of two people', () => decisionContract(makeStore));
    describe('transfers', () => transferContract(makeStore));
    describe('envelopes', () => envelopeContract(makeStore));
    describe('thread', () => threadContract(makeStore));
    describe('working copies', () => copiesContract(makeStore));
    describe('uploads', () => uploadContract(makeStore));
    describe('claimed uploads', () => claimContract(makeStore));
    describe('hotline', () => hotlineContract(makeStore));
    describe('queue', () => queueContract(makeStore));
    describe('mailbox', () => mailboxContract(makeStore));
    describe('roll-ups', () => rollupContract(makeStore));
    describe('oversight', () => oversightContract(makeStore));
    describe('balance', () => balanceContract(makeStore));
    describe('accounts', () => accountsContract(makeStore));
    describe('directory', () => directoryContract(makeStore));
    describe('shredding', () => shredContract(makeStore));
    describe('public log', () => ledgerContract(makeStore));
    describe('members', () => membersContract(makeStore));
    describe('letters', () => postContract(makeStore));
    describe('law', () => lawContract(makeStore));
    describe('boards', () => boardContract(makeStore));
    describe('who answers', () => dutyContract(makeStore));
    describe('stages without anybody', () => holesContract(makeStore));
    describe('rights to settle', () => rightsContract(makeStore));
  });
}
