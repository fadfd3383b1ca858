// What a reader sees as one character: Terraform counts strings in these.

let segmenter: Intl.Segmenter | undefined;

/** The grapheme clusters of a text. */
export function graphemesOf(text: string): readonly string[] {
  // Plain ASCII has one cluster a character, but for the line end of Windows.
  if (!text.includes("\r") && /^[\0-\x7f]*$/.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
