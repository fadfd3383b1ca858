// What the statements of a bucket policy deny to everybody.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

/** A part of a policy; undefined where the plan does not tell it. */
export type Text = string | undefined;

/** Whether something holds; undefined where the plan does not tell. */
type Answer = boolean | undefined;

export interface Condition {
  readonly operator: Text;
  readonly key: Text;
  readonly values: readonly Text[];
}

export interface Statement {
  readonly effect: Text;
  /** Of people and accounts alone; "*" is everybody. */
  readonly principals: readonly Text[];
  readonly actions: readonly Text[];
  readonly resources: readonly Text[];
  readonly conditions: readonly Condition[];
}

/** Nothing is known of it. */
export const open: Statement = {
  effect: undefined,
  principals: [undefined],
  actions: [undefined],
  resources: [undefined],
  conditions: [],
};

/** Stands for a part of a text that the plan does not tell; no policy may hold this character. */
export const unsaid = "\uFFFF";

/** Of people and accounts, not of services. */
export const isPerson = (type: string): boolean => type === "AWS" || type === "*";

/** Whether everybody's requests over plain HTTP are denied: all those to the bucket itself, and all those to its objects. */
export const denials = (statements: readonly Statement[]): { bucket: Answer; objects: Answer } => {
  const reached = statements.map((one) => ({ denies: deniesAll(one), reach: one.resources.map(reachOf) }));
  const denied = (part: "bucket" | "objects") =>
    some(reached.map(({ denies, reach }) => every([denies, some(reach.map((one) => one[part]))])));
  return { bucket: denied("bucket"), objects: denied("objects") };
};

const deniesAll = ({ effect, principals, actions, conditions }: Statement): Answer =>
  every([
    told(effect, (text) => text === "Deny"),
    some(principals.map((one) => told(one, (text) => text === "*"))),
    some(actions.map((one) => told(one, (text) => text === "*" || text.toLowerCase() === "s3:*"))),
    ...conditions.map(holds),
  ]);

/** S3 takes no resource of another bucket, so which bucket is named need not be compared. */
function reachOf(resource: Text): { readonly bucket: Answer; readonly objects: Answer } {
  if (resource === "*") return { bucket: true, objects: true };
  const [match, name = "", path] = /^arn:[^:]*:s3:::([^/]*)(?:\/(.*))?$/s.exec(resource ?? unsaid) ?? [];
  if (match === undefined || path?.includes(unsaid)) {
    const answer = (resource ?? unsaid).includes(unsaid) ? undefined : false;
    return { bucket: answer, objects: answer };
  }
  return path === undefined ? { bucket: true, objects: name.endsWith("*") } : { bucket: false, objects: path === "*" };
}

/** Whether a condition is met by every request over plain HTTP; one on anything else is not met by some of them. */
function holds({ operator, key, values }: Condition): Answer {
  if (key === undefined || operator === undefined) return undefined;
  const any = (test: (text: string) => Answer) => some(values.map((one) => told(one, test)));
  const isMissing = (missing: boolean) => any((text) => text.toLowerCase() === String(missing));
  switch (key.toLowerCase()) {
    // In every request.
    case "aws:securetransport":
      if (operator === "Null") return isMissing(false);
      return /^Bool(IfExists)?$/.test(operator) ? any((text) => text.toLowerCase() === "false") : undefined;
    // In those over TLS alone, so a comparison of it does not hold for plain HTTP.
    case "s3:tlsversion": {
      if (operator === "Null") return isMissing(true);
      const [match, ifExists] = /^NumericLessThan(?:Equals)?(IfExists)?$/.exec(operator) ?? [];
      return match === undefined ? undefined : ifExists !== undefined;
    }
    default:
      return false;
  }
}

const told = (text: Text, test: (text: string) => Answer): Answer =>
  text === undefined || text.includes(unsaid) ? undefined : test(text);

const every = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;

const some = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
