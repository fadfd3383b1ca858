// What annotations of Services call the protocols behind a load balancer of AWS.

/**
 * `service.beta.kubernetes.io/aws-load-balancer-backend-protocol`: what the load balancer speaks on both sides of it.
 * "listener" is that of ports with a certificate, "plain" that of ports without one
 * https://cloud-provider-aws.sigs.k8s.io/service_controller/
 */
export const backendProtocols: {
  readonly [name: string]: {
    readonly listener: "https" | "tls";
    readonly plain: "http" | "tcp";
    readonly backend: "http" | "https";
  };
} = {
  http: { listener: "https", plain: "http", backend: "http" },
  https: { listener: "https", plain: "tcp", backend: "https" },
  ssl: { listener: "tls", plain: "tcp", backend: "https" },
  // What was decrypted goes on in plain text.
  tcp: { listener: "tls", plain: "tcp", backend: "http" },
};

/**
 * `service.beta.kubernetes.io/aws-load-balancer-type`: a network load balancer; without it it is a classic one, unless
 * the AWS Load Balancer Controller is installed
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-type
 */
export const balancerTypes: { readonly [name: string]: "network" } = {
  nlb: "network",
  "nlb-ip": "network",
  external: "network",
};
