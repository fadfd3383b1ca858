// What is known of the certificates that an endpoint shows, at the place where it names its own.

import type { Certificate, Endpoint } from "./endpoint.ts";
import { type Fact, isSensitive, isShown, known } from "./fact.ts";

/** What is not known of a certificate is left out: it is the certificate's own to say. */
export const shownCertificates = <T>(
  { certificate: own, certificates }: Pick<Endpoint, "certificate" | "certificates">,
  choose: (certificate: Certificate) => Fact<T> | undefined,
): Fact<T>[] =>
  certificates.flatMap(({ certificate }) => {
    const fact = choose(certificate);
    if (!fact || !isShown(fact)) return [];
    const related = certificate.address === undefined ? [] : [certificate.address];
    return [{ ...known(fact.value, isSensitive(fact)), place: own?.place ?? fact.place, related }];
  });
