// An error that the user can mend: what is wrong, and what to run instead. Any other error is a bug.

/**
 * Ends a command with exit code 2. The message is complete sentences on one line; `mend` is the command or change that
 * helps; `details` are lines below the message, such as what another program said.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly mend: string | undefined;
  /** The message without its details. */
  readonly headline: string;
  readonly details: readonly string[];

  /** Files that are loaded late have this class as a copy of their own. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "InputError";
  }

  constructor(message: string, mend?: string, details: readonly string[] = []) {
    super([message, ...details.map((line) => `  ${line}`)].join("\n"));
    this.headline = message;
    this.mend = mend;
    this.details = details;
  }
}
