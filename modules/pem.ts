// Where the parts of an imported certificate come from: what is public may be a file, what is secret may not.

import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version/index.js";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js";
import { Fn, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

/** A certificate or a chain of them, in PEM (RFC 7468). */
export class Pem {
  /** @internal What is known while synthesising. */
  readonly text: string | undefined;
  readonly #variable: string | undefined;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(text: string | undefined, variable?: string) {
    this.text = text;
    this.#variable = variable;
  }

  /** The text itself. */
  static text(pem: string): Pem {
    return new Pem(pem);
  }

  /** A file, by its path from where the app runs. Throws when it cannot be read. */
  static file(path: string): Pem {
    return new Pem(readFileSync(path, "utf8"));
  }

  /** A variable of the stack. What is wrong with the certificate then shows in the plan at the earliest. */
  static variable(name: string): Pem {
    return new Pem(undefined, name);
  }

  /** @internal The text, or what stands for it. */
  read(scope: Construct): string {
    return this.text ?? variable(scope, this.#variable ?? "", false);
  }
}

export interface CertificateFacts {
  readonly names: readonly string[];
  readonly daysLeft: number;
  /** "rsa 2048", "ec prime256v1" */
  readonly key: string;
}

/** What the first certificate of a text says; undefined when there is none that can be read. */
export function factsOf(pem: string): CertificateFacts | undefined {
  try {
    const { subjectAltName = "", validTo, publicKey } = new X509Certificate(pem);
    const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
    return {
      names: [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = ""]) => name),
      daysLeft: (Date.parse(validTo) - Date.now()) / 86_400_000,
      key: `${publicKey.asymmetricKeyType} ${modulusLength ?? namedCurve}`,
    };
  } catch {
    return undefined;
  }
}

type Source = (scope: Construct, id: string) => string;

/** A private key in PEM; never text or a file, which would leave it in the synthesised stack. */
export class PrivateKey {
  /** @internal */
  readonly read: Source;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(read: Source) {
    this.read = read;
  }

  /** A sensitive variable of the stack: `TF_VAR_<name>`. */
  static variable(name: string): PrivateKey {
    return new PrivateKey((scope) => variable(scope, name, true));
  }

  /** A secret of AWS Secrets Manager, whole or by one key of its JSON. */
  static secret(arn: string, key?: string): PrivateKey {
    return new PrivateKey((scope, id) => {
      const text = new DataAwsSecretsmanagerSecretVersion(scope, id, { secretId: arn }).secretString;
      return key === undefined ? text : Fn.lookup(Fn.jsondecode(text), key);
    });
  }

  /** An encrypted parameter of AWS Systems Manager. */
  static parameter(name: string): PrivateKey {
    return new PrivateKey((scope, id) => new DataAwsSsmParameter(scope, id, { name, withDecryption: true }).value);
  }
}

/** Named as it is written: the user gives its value by that name. */
function variable(scope: Construct, name: string, sensitive: boolean): string {
  const made = new TerraformVariable(scope, `variable-${name}`, { type: "string", sensitive, nullable: false });
  made.overrideLogicalId(name);
  return made.stringValue;
}
