import { signAssignment } from '../../../protocol/assignment.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { sendJson } from '../http.ts';
import type { HandlersOf } from './calls.ts';
import type { RightsCalls } from './rights-calls.ts';

export const rightsHandlers: HandlersOf<RightsCalls> = {
  async giveRight({ suite, pins, keyring }, wish) {
    const { staff, unit } = keyring.me;
    const given = { instance: pins.instance, ...wish, by: staff, byUnit: unit };
    const record = toBase64Url(signAssignment(suite, given, keyring.secrets.sign));
    await sendJson('POST', '/api/staff/rights', { record });
    return null;
  },
};
