// An error that the user can mend: what is wrong, and what to run instead. Any other error is a bug.

/** Ends a command with exit code 2. The message is complete sentences; `mend` is the command or change that helps. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly mend: string | undefined;

  /** Files that are loaded late have this class as a copy of their own. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "InputError";
  }

  constructor(message: string, mend?: string) {
    super(message);
    this.mend = mend;
  }
}
