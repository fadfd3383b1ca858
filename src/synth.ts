// What `import … from "tlsgate/synth"` gives: early feedback while CDKTF synthesises. The plan stays the gate.

import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { evaluate } from "./findings/evaluate.ts";
import { planFromSynthesised, type Stack } from "./plan/synthesised.ts";
import { adapters } from "./providers/registry.ts";
import { loggable } from "./report/log-commands.ts";
import { onOneLine } from "./report/printable.ts";

/** What is needed of a TerraformStack, of cdktf or of cdktn. */
export interface SynthesisedStack {
  readonly node: { addValidation(validation: { validate(): string[] }): void };
  // biome-ignore lint/suspicious/noExplicitAny: so CDKTF declares it.
  toTerraform(): any;
}

export interface TlsGateOptions {
  /**
   * The policies that are mandatory.
   *
   * @default "recommended": as in `tlsgate check`
   */
  readonly profile?: "recommended" | "strict" | "apple-ats" | "hsts-preload";
}

export const TlsGate = {
  /**
   * Fails the synth of a stack whose configuration breaks a mandatory policy, with the path of the construct. What only a
   * plan can tell is left to the plan: a stack that passes here can still be refused there.
   */
  on(stack: SynthesisedStack, { profile = "recommended" }: TlsGateOptions = {}): void {
    const { enforcement } = profiles[profile];
    const validate = () => {
      const written: Stack = stack.toTerraform();
      const { findings } = evaluate(planFromSynthesised(written, "cdk.tf.json"), { policies, adapters, enforcement });
      return findings
        .filter(({ refuses }) => refuses)
        .map(({ policy, address, at, message, fix }) => {
          const where = [pathOf(written, address) ?? address, at].filter(Boolean).join(" · ");
          return loggable(onOneLine(`${where}: ${message}. ${fix} (tlsgate explain ${policy})`));
        });
    };
    stack.node.addValidation({ validate });
  },
} as const;

/** The path of the construct that made a resource, as CDKTF writes it beside the resource. */
function pathOf({ resource }: Stack, address: string): string | undefined {
  const [type = "", name = ""] = address.split(".");
  const mark = resource?.[type]?.[name]?.["//"] as { readonly metadata?: { readonly path?: string } } | undefined;
  return mark?.metadata?.path;
}
