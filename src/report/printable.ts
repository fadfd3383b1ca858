// Text from a plan, made harmless: no terminal control characters, no reordering of what is read.

// C0 but newline and tab, DEL, C1 (CSI among them), line and paragraph separators, and the bidirectional controls.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Writes control characters as \uXXXX, which also keeps JSON what it was. */
export const printable = (text: string): string =>
  text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same for text that must stay on its line. */
export const onOneLine = (text: string): string => printable(text.replace(/[\t\n]/g, " "));

/** A half of a character is no text: some encoders refuse it, and some databases the whole file. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd");
