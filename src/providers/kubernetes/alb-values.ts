// The AWS Load Balancer Controller's names for what it does.

/**
 * `alb.ingress.kubernetes.io/backend-protocol`
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#backend-protocol
 */
export const backendProtocols: { readonly [name: string]: "https" | "http" } = {
  HTTP: "http",
  HTTPS: "https",
};

/**
 * `alb.ingress.kubernetes.io/actions.*`: `protocol` of a redirectConfig
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export const redirectProtocols: { readonly [name: string]: "served" | "redirected" } = {
  HTTPS: "redirected",
  HTTP: "served",
  "#{protocol}": "served",
};
