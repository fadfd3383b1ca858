// Amplify Hosting's names for whose certificate a domain has, and for all paths of an app.

/**
 * `certificate_settings.type`
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-amplify-domain-certificatesettings.html
 */
export const certificateTypes: { readonly [name: string]: "managed" | "own" } = {
  AMPLIFY_MANAGED: "managed",
  CUSTOM: "own",
};

/**
 * `pattern` of custom headers: those that surely match each path, as in the page's own examples
 * https://docs.aws.amazon.com/amplify/latest/userguide/custom-header-YAML-format.html
 */
export const allPaths: { readonly [pattern: string]: boolean } = { "**": true, "**/*": true };
