// Compares an unknown value or fact by the words of its cause.

import { expect } from "vitest";
import { type Cause, describeCause } from "../../src/cause.ts";

expect.extend({
  unknownBecause(received: unknown, words: string) {
    const { state, cause } = received as { readonly state?: string; readonly cause?: Cause };
    const said = state === "unknown" && cause ? describeCause(cause) : "";
    return { pass: said !== "" && said.includes(words), message: () => `the cause is ${JSON.stringify(said)}` };
  },
});

/** An unknown value whose cause has these words in it; for toEqual and the like. */
export const unknownBecause = (words: string): never =>
  (expect as unknown as { readonly unknownBecause: (words: string) => never }).unknownBecause(words);
