/** Something a person can mend keeps the system from starting; the message is the one line they read, and names what to do. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
