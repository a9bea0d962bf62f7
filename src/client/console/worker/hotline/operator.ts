import type { SigningOperator } from '../../../../protocol/prepare.ts';
import type { WorkerState } from '../state.ts';

/** The signed-in operator as their signatures name them. Throws Problem `locked`. */
export const signingOperator = ({ keyring }: WorkerState): SigningOperator => ({
  ...{ staff: keyring.me.staff, unit: keyring.me.unit },
  signer: keyring.secrets.sign,
});
