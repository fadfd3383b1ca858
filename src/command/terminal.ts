// What is written: to the terminal, to a pipe, or to a file.

import { fstatSync, writeSync } from "node:fs";
import type { Verdict } from "../findings/gate.ts";
import { InputError } from "../input-error.ts";
import { loggable } from "../report/log-commands.ts";
import { colored, plain, type Screen } from "../report/style.ts";
import { complaint, confession } from "../trouble.ts";
import type { Options } from "./options.ts";
import { writeOutput } from "./output-file.ts";

export function screenOf({ output, "no-color": noColor }: Options, file = output): Screen {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM, COLUMNS } = process.env;
  const off = noColor || file !== undefined || NO_COLOR !== "" || FORCE_COLOR === "0" || FORCE_COLOR === "false";
  // process.stdout would load Node's streams for this one question.
  const wanted = () => FORCE_COLOR !== "" || (TERM !== "dumb" && fstatSync(1).isCharacterDevice());
  const width = Number(COLUMNS);
  return { style: !off && wanted() ? colored : plain, width: width > 0 ? Math.max(40, width) : 100 };
}

/** Prints to standard output, or writes a file. `own`: how a line begins that is a command, where the format has some. */
export function print(text: string, file?: string, own?: RegExp): Verdict {
  if (file === undefined) writeAll(1, text, own);
  else writeFile(file, text, own);
  return "pass";
}

function writeFile(file: string, text: string, own?: RegExp): void {
  try {
    writeOutput(file, text, own);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "its directory does not exist" : code;
    throw new InputError(`${file} could not be written (${reason}).`);
  }
}

/**
 * Writes text that can hold some from outside: nothing of it is a command to what reads the log. A pipe that is full for
 * the moment takes the rest later; one that is closed needs no more.
 */
export function writeAll(descriptor: number, text: string, own?: RegExp): void {
  const bytes = Buffer.from(loggable(text, own));
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(descriptor, bytes, from);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") {
        // What is wrong with standard error cannot be said anywhere.
        if (descriptor === 2) return;
        throw new InputError(`The output could not be written (${code}).`);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** The same to a stream, for a process that runs on. */
export function writeTo(stream: NodeJS.WriteStream, text: string): void {
  stream.write(loggable(text));
}

export function complain(error: InputError): void {
  writeAll(2, complaint(error));
}

/** `plan`: where it came up, if it did with one of several. */
export function confess(error: unknown, plan?: string): void {
  writeAll(2, confession(error, `Node ${process.version}, ${process.platform}`, plan));
}
