// Function URLs → endpoints: a name of AWS's own, of which no page tells the TLS.

import { describe, expect, test } from "vitest";
import { fuzz } from "../../support/fuzz.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

test("of a real plan: nothing is judged that no page tells", () => {
  const url = at(endpointsOf("aws-managed-endpoints"), "aws_lambda_function_url.site");
  expect(url).toMatchObject({ kind: "Lambda function URL", names: [], certificates: [], upstreams: [] });
  expect(said(url.certificate)).toBe("provider");
  const untold = "? AWS does not say which TLS versions and cipher suites function URLs take";
  expect([said(url.minimumTls), said(url.forwardSecrecy), said(url.aeadOnly)]).toEqual([untold, untold, untold]);
  expect(url.routes.map(({ plainHttp, hsts }) => [said(plainHttp), said(hsts?.maxAge)])).toEqual([
    [
      "? AWS calls function URLs HTTP(S) endpoints, and does not say what plain HTTP gets",
      "? the function sends the Strict-Transport-Security header or not, outside the plan",
    ],
  ]);
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_lambda_function_url.made": {
        function_name: "text",
        authorization_type: "text",
        cors: [{ allow_origins: ["text"] }],
      },
    },
    words: ["NONE", "AWS_IAM", "", "*", "constructor"],
    passing: { "certificate-present": () => true },
  }));
