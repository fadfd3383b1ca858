// Elastic Beanstalk's names for what its environments are made of.

/**
 * `EnvironmentType` of aws:elasticbeanstalk:environment; where none is set, LoadBalanced
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export const environmentTypes: { readonly [name: string]: "balanced" | "single" } = {
  LoadBalanced: "balanced",
  SingleInstance: "single",
};

/**
 * `LoadBalancerType` of aws:elasticbeanstalk:environment; where none is set, classic
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export const balancerTypes: { readonly [name: string]: "classic" | "application" | "network" } = {
  classic: "classic",
  application: "application",
  network: "network",
};

/**
 * `ListenerEnabled` of a listener, and other flags
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export const flags: { readonly [text: string]: boolean } = { true: true, false: false };
