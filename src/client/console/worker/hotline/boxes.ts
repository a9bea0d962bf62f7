import { type Day, isUnitId, type StaffId } from '../../../../domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../../../protocol/base64.ts';
import {
  type BoxStatement,
  cosignBoxStatement,
  signBoxStatement,
  verifyBoxStatement,
} from '../../../../protocol/box-statement.ts';
import { toHex } from '../../../../protocol/bytes.ts';
import { ensure } from '../../../../protocol/errors.ts';
import type { WireBoxOpening } from '../../../../protocol/wire-hotline.ts';
import { getJson, Problem, sendJson } from '../../http.ts';
import type { HandlersOf } from '../calls.ts';
import type { BoxCalls } from '../hotline-calls.ts';
import type { WorkerState } from '../state.ts';

const PATH = '/api/staff/hotline/boxes';

/** True when the statement says what the page showed, and names me as the second person. */
const isAsShown = (state: WorkerState, told: BoxStatement, shown: WireBoxOpening): boolean =>
  told.instance === state.pins.instance &&
  told.unit === state.keyring.me.unit &&
  told.opening === shown.id &&
  told.box === shown.box &&
  told.day === shown.day &&
  told.letters === shown.count &&
  told.by[0] === shown.openedBy &&
  told.by[1] === state.keyring.me.staff;

/** Keys of a member of my unit that the verified directory names. */
async function keysOf(state: WorkerState, staff: StaffId): Promise<readonly Uint8Array[]> {
  const { unit } = state.keyring.me;
  if (!isUnitId(unit)) return [];
  const members = await state.directories.members([unit], state.keyring.now());
  return members.filter((member) => member.person === staff).map(({ signKey }) => signKey);
}

/**
 * Signs how many letters lay in a tip box, alone and as the second person. The second person's key signs only what the page showed them and
 * what the first person signed. Throws Problem `not_found`, `same_person`, `network` and the server's refusals, ProtocolError `decision_signers`
 * (the first signature is nobody's of the unit), `statement_malformed`.
 */
export const boxHandlers: HandlersOf<BoxCalls> = {
  signBox: async (state, { box, day, letters, second }) => {
    const { suite, pins, keyring } = state;
    const { staff, unit } = keyring.me;
    if (second === staff) throw new Problem('same_person');
    const opening = toHex(suite.randomBytes(16));
    const by = [staff, second] as const;
    const said = { instance: pins.instance, unit, opening, box, day: day as Day, letters, by };
    const statement = signBoxStatement(suite, said, keyring.secrets.sign);
    await sendJson('POST', PATH, { statement: toBase64Url(statement) });
    return null;
  },
  cosignBox: async (state, { id }) => {
    const { openings } = await getJson<{ readonly openings: readonly WireBoxOpening[] }>(PATH);
    const shown = openings.find((opening) => opening.id === id);
    if (shown === undefined) throw new Problem('not_found');
    const first = fromBase64Url(shown.statement);
    const keys = await keysOf(state, shown.openedBy as StaffId);
    const told = verifyBoxStatement(state.suite, first, keys, 1);
    ensure(isAsShown(state, told, shown), 'statement_malformed', 'box');
    const statement = cosignBoxStatement(state.suite, first, state.keyring.secrets.sign);
    await sendJson('POST', `${PATH}/${id}/confirm`, { statement: toBase64Url(statement) });
    return null;
  },
};
