// A plan file with the configuration that a test makes up, but without the plan itself, which its JSON shows.

import { strToU8, zipSync } from "fflate";

/** As Terraform writes one; `main`: the configuration of the root module. */
export const planFileWith = (main: string): Buffer =>
  Buffer.from(
    zipSync({
      tfplan: strToU8(""),
      "tfconfig/modules.json": strToU8('[{"Key":"","Dir":"."}]'),
      "tfconfig/m-/main.tf": strToU8(main),
    }),
  );
