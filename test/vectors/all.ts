import type { Suite } from '../../src/protocol/suite.ts';
import { attachments } from './attachments.ts';
import { citizenProof } from './citizen-proof.ts';
import { citizenSteps } from './citizen-steps.ts';
import { receiptCodes, staffCredential } from './credentials.ts';
import { directories, epochSecrets } from './directories.ts';
import { envelopes } from './envelopes.ts';
import { hotline } from './hotline.ts';
import { primitives } from './primitives.ts';
import { events, operatorSubmission, submissions, submissionsWithFiles } from './submissions.ts';
import { workingCopies } from './working-copies.ts';

/** Every vector file (without `.json`) and what computes it. */
export const VECTORS: Readonly<Record<string, (suite: Suite) => unknown>> = {
  primitives,
  'receipt-code': receiptCodes,
  'staff-credential': staffCredential,
  envelope: envelopes,
  attachment: attachments,
  event: events,
  submission: submissions,
  'submission-attachments': submissionsWithFiles,
  'submission-operator': operatorSubmission,
  hotline,
  'citizen-step': citizenSteps,
  'citizen-proof': citizenProof,
  'working-copy': workingCopies,
  directory: directories,
  'epoch-secret': epochSecrets,
};
