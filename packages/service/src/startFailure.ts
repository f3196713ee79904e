/** Something outside is wrong and a person can mend it: its message is the one line they see. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
