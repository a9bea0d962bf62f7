/** A precondition of a change other than its event's place in the chain did not hold; the whole step is rolled back. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
}
