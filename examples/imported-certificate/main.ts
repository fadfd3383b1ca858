// A website with a certificate of your own, which ACM does not renew.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Certificate, Pem, PrivateKey, StaticWebsite, Waiver } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "imported-certificate");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const certificate = Certificate.import(stack, "certificate", {
  body: Pem.file("certificate.pem"),
  privateKey: PrivateKey.variable("private_key"),
  // The bindings of aws 5 know no write-only key. With those of aws 6.66 or newer, leave this out.
  keyInState: true,
  renewal: Waiver.for({
    rule: "certificate-auto-renewal",
    reason: "Our contract names another authority; the platform team imports the next certificate.",
    owner: "platform@example.com",
    until: "2027-06-30",
  }),
});

const website = new StaticWebsite(stack, "website", {
  domains: ["example.com", "www.example.com"],
  zones: { "example.com": "Z0123456789ABCDEFGHIJ" },
  certificate,
});

new TerraformOutput(stack, "url", { value: website.url });

app.synth();
