// Which controller an Ingress is for, by the names that people and controllers give it.

/** Controllers whose annotations are read; of another one only what holds for all Ingresses is judged. */
export type Controller = "nginx" | "alb" | "gke" | "other";

/**
 * `ingress_class_name`, or the annotation kubernetes.io/ingress.class: names that stand in each controller's own guide
 * https://kubernetes.github.io/ingress-nginx/user-guide/multiple-ingress/
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress
 */
export const ingressClasses: { readonly [name: string]: Controller } = {
  nginx: "nginx",
  alb: "alb",
  gce: "gke",
  "gce-internal": "gke",
  // https://doc.traefik.io/traefik/providers/kubernetes-ingress/
  traefik: "other",
  // https://haproxy-ingress.github.io/docs/configuration/keys/
  haproxy: "other",
  // https://docs.konghq.com/kubernetes-ingress-controller/latest/
  kong: "other",
  // https://projectcontour.io/docs/main/config/ingress/
  contour: "other",
  // https://docs.cilium.io/en/stable/network/servicemesh/ingress/
  cilium: "other",
  // https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/
  istio: "other",
  // https://azure.github.io/application-gateway-kubernetes-ingress/
  "azure/application-gateway": "other",
  "azure-application-gateway": "other",
};

/**
 * `controller` of an IngressClass (same pages)
 * https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export const controllers: { readonly [name: string]: Controller } = {
  "k8s.io/ingress-nginx": "nginx",
  "ingress.k8s.aws/alb": "alb",
};

/**
 * `annotations` by their prefix, or by their name: who writes them means that controller (same pages)
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const annotationPrefixes: { readonly [prefix: string]: Controller } = {
  "nginx.ingress.kubernetes.io": "nginx",
  "alb.ingress.kubernetes.io": "alb",
  "networking.gke.io": "gke",
  "ingress.gcp.kubernetes.io": "gke",
  "kubernetes.io/ingress.allow-http": "gke",
  "kubernetes.io/ingress.global-static-ip-name": "gke",
  // NGINX Inc's controller, whose class is called nginx too: https://docs.nginx.com/nginx-ingress-controller/
  "nginx.org": "other",
  "nginx.com": "other",
  "traefik.ingress.kubernetes.io": "other",
  "haproxy.org": "other",
  "konghq.com": "other",
  "appgw.ingress.kubernetes.io": "other",
};

/**
 * `annotations` that are written often: names to ask for where the plan does not show all of them (same pages)
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const usualAnnotations: { readonly [name: string]: Controller } = {
  "alb.ingress.kubernetes.io/scheme": "alb",
  "alb.ingress.kubernetes.io/target-type": "alb",
  "alb.ingress.kubernetes.io/listen-ports": "alb",
  "alb.ingress.kubernetes.io/certificate-arn": "alb",
  "nginx.ingress.kubernetes.io/ssl-redirect": "nginx",
  "nginx.ingress.kubernetes.io/backend-protocol": "nginx",
  "nginx.ingress.kubernetes.io/proxy-body-size": "nginx",
  "networking.gke.io/managed-certificates": "gke",
  "networking.gke.io/v1beta1.FrontendConfig": "gke",
  "kubernetes.io/ingress.global-static-ip-name": "gke",
};
