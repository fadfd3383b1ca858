#!/usr/bin/env node
// The program tlsgate-terraform: what TERRAFORM_BINARY_NAME names for cdktf and cdktn. It is `tlsgate terraform`.

process.argv.splice(2, 0, "terraform");
// Not before: the command reads the arguments as it starts.
void import("../start.ts");
