// Text from outside, made harmless: no terminal control characters, no reordering of what is read, nothing invisible.

// C0 but newline and tab, DEL and C1 (CSI among them), line and paragraph separators; then what is not seen: the
// bidirectional controls, zero-width characters, tags (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point).
// Variation selectors and the joiner stay where they make an emoji.
const hidden = () =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]|(?!\ufe0e|\ufe0f|(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d)(?:\p{Default_Ignorable_Code_Point}|\p{Bidi_Control})/gu;

/** Most text, and this program's own signs: V8 takes its time to read classes of all characters. */
const plain = /^[\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u034e\u2010-\u2027\u2030-\u205f\u2070-\u2fff]*$/;

// What stands before the host of a URL; one slash is left of two where a path was made of it.
const userInfo = /:\/{1,2}([^\s/@"'`<>\\]+)@/g;

/** Hides the password of a URL, and the token that can stand alone in one of the web: https://token@host. */
function withoutCredentials(text: string): string {
  if (!text.includes("@")) return text;
  return text.replace(userInfo, (found: string, info: string, at: number) => {
    const isWeb = /https?$/i.test(text.slice(Math.max(0, at - 5), at));
    const user = info.split(":")[0] ?? "";
    if (isWeb) return found.replace(info, "***");
    return user === info ? found : found.replace(info, `${user}:***`);
  });
}

/** Writes them as \uXXXX, which also keeps JSON what it was; and shows no credentials of a URL. */
export function printable(text: string): string {
  const shown = withoutCredentials(text);
  return plain.test(shown) ? shown : shown.replace(hidden(), escapedUnits);
}

/** Text as \uXXXX, unit by unit of UTF-16, as JSON writes what stands beyond 16 bits. */
export const escapedUnits = (text: string): string =>
  text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** The same for text that must stay on its line. */
export const onOneLine = (text: string): string => printable(text.replace(/[\t\n]/g, " "));

/** A half of a character is no text: some encoders refuse it, and some databases the whole file. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd");
