// Why a value can't be determined from a plan: data, and the words for it.

import { type DisplayText, joinText, nameText, type Sentence, text } from "./text.ts";

/**
 * What an unknown means for the gate.
 * - "open": the configuration decides it, and the plan does not show it yet.
 * - "outside": no plan can show it, e.g. the headers of an application or what a cloud does not document.
 * - "fails safe": where the answer is the bad one, the service rejects the apply.
 */
export type UnknownKind = "open" | "outside" | "fails safe";

export type Cause =
  /** Known after apply. `from`: the reference that it comes from; `why`: what keeps the plan from showing more. */
  | { readonly reason: "after-apply"; readonly from?: DisplayText | undefined; readonly why?: DisplayText | undefined }
  /** The configuration does not set it, and there is no documented default. */
  | { readonly reason: "not-set"; readonly what: DisplayText }
  /** Not among the values that tlsgate knows. `value`: as it may be printed; `suggests`: what its name suggests. */
  | { readonly reason: "unrecognized"; readonly value: DisplayText; readonly suggests?: DisplayText | undefined }
  /** Made by another configuration. */
  | { readonly reason: "defined-elsewhere"; readonly what: DisplayText }
  /** One of several, and the plan does not show which. `orElse`: what else it can be. */
  | {
      readonly reason: "ambiguous";
      readonly candidates: readonly DisplayText[];
      readonly more?: number;
      readonly orElse?: DisplayText | undefined;
    }
  /** It follows from an attribute that is unknown itself. */
  | { readonly reason: "depends-on"; readonly what: DisplayText; readonly cause: Cause }
  /** The vendor documents no answer. */
  | { readonly reason: "undocumented"; readonly note: DisplayText }
  /** What answers behind the endpoint decides. */
  | { readonly reason: "application"; readonly note: DisplayText }
  /** A cause of one service. `kind`: "open" unless it says otherwise. */
  | { readonly reason: "other"; readonly note: DisplayText; readonly kind?: UnknownKind | undefined };

/** What kind of unknown a cause makes. */
export function kindOf(cause: Cause): UnknownKind {
  if (cause.reason === "undocumented" || cause.reason === "application") return "outside";
  if (cause.reason === "depends-on") return kindOf(cause.cause);
  return cause.reason === "other" ? (cause.kind ?? "open") : "open";
}

/** The cause in words, a phrase without a capital or a full stop. */
export function describeCause(cause: Cause): DisplayText {
  switch (cause.reason) {
    case "after-apply": {
      const known = cause.from ? text`known after apply, ${cause.from}` : text`known after apply`;
      return cause.why ? text`${known}, ${cause.why}` : known;
    }
    case "not-set":
      return text`${cause.what} is not set`;
    case "unrecognized": {
      const sentence = text`${cause.value} is not a value that tlsgate recognises`;
      return cause.suggests ? text`${sentence}; its name suggests ${cause.suggests}` : sentence;
    }
    case "defined-elsewhere":
      return text`${cause.what} is defined outside this plan`;
    case "ambiguous": {
      const named = joinText(cause.candidates, ", ");
      const all = cause.more ? text`${named} and ${cause.more} more` : named;
      return cause.orElse
        ? text`it could be ${all}, or ${cause.orElse}`
        : text`the plan does not tell which it is of ${all}`;
    }
    case "depends-on":
      return text`it depends on ${cause.what}, which is ${describeCause(cause.cause)}`;
    default:
      return cause.note;
  }
}

/** A cause in a sentence of its own, which the configuration decides. */
export const because: Sentence<Cause> = (strings, ...parts) => ({ reason: "other", note: text(strings, ...parts) });

/** The same of something that no plan can show. */
export const outside: Sentence<Cause> = (strings, ...parts) => ({
  reason: "other",
  note: text(strings, ...parts),
  kind: "outside",
});

/** The configuration does not set an attribute that has no documented default. */
export const notSet = (what: string): Cause => ({ reason: "not-set", what: nameText(what) });

/** What something refers to is made by another configuration, e.g. "the certificate". */
export const definedElsewhere = (what: string): Cause => ({ reason: "defined-elsewhere", what: nameText(what) });

/** It is one of several resources. */
export const ambiguous = (
  candidates: readonly { readonly address: string }[],
  atMost = Number.POSITIVE_INFINITY,
): Extract<Cause, { reason: "ambiguous" }> => ({
  reason: "ambiguous",
  candidates: candidates.slice(0, atMost).map(({ address }) => nameText(address)),
  ...(candidates.length > atMost && { more: candidates.length - atMost }),
});
