// aws_lambda_function_url → endpoint: a name of AWS's own, where nothing of TLS can be set; none where it is an origin alone.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { known, standAt } from "../../facts/fact.ts";
import { onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { isOriginAlone } from "./lambda-url-access.ts";

export default defineAdapter({
  id: "aws/lambda-url",
  resourceTypes: ["aws_lambda_function_url"],
  endpoints: (url) => (isOriginAlone(url) ? [] : [endpointOf(url)]),
});

function endpointOf(url: Resource): Endpoint {
  // https://docs.aws.amazon.com/lambda/latest/dg/security-infrastructure.html requires TLS 1.2 of Lambda's own API alone.
  const tls = undocumented(url, text`AWS does not say which TLS versions and cipher suites function URLs take`);
  const plainHttp = undocumented(
    url,
    text`AWS calls function URLs HTTP(S) endpoints, and does not say what plain HTTP gets`,
  );
  return {
    address: url.address,
    kind: "Lambda function URL",
    names: [],
    certificate: { ...known("provider"), ...standAt(url, "") },
    certificates: [],
    ...secured(tls),
    routes: [onlyRoute(url, plainHttp, text`the function`)],
    upstreams: [],
  };
}
