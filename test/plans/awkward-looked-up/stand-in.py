# A stand-in for the two calls by which the provider looks up a response headers policy; moto does not have them.
from http.server import BaseHTTPRequestHandler, HTTPServer

NAMESPACE = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"'

POLICIES = {
    "67f7725c-6f97-4210-82d7-5512b31e9d03": ("managed", "Managed-SecurityHeadersPolicy", 31536000),
    "11111111-aaaa-bbbb-cccc-000000000001": ("custom", "corporate-headers", 63072000),
    "11111111-aaaa-bbbb-cccc-000000000002": ("custom", "trial-headers", 300),
    "11111111-aaaa-bbbb-cccc-000000000003": ("custom", "plain-headers", None),
}


def policy(identity):
    _, name, seconds = POLICIES[identity]
    header = "" if seconds is None else (
        "<StrictTransportSecurity><Override>true</Override><IncludeSubdomains>false</IncludeSubdomains>"
        f"<Preload>false</Preload><AccessControlMaxAgeSec>{seconds}</AccessControlMaxAgeSec></StrictTransportSecurity>"
    )
    return (
        f"<Id>{identity}</Id><LastModifiedTime>2025-01-01T00:00:00Z</LastModifiedTime>"
        f"<ResponseHeadersPolicyConfig><Name>{name}</Name><SecurityHeadersConfig>"
        f"<ContentTypeOptions><Override>true</Override></ContentTypeOptions>{header}"
        "</SecurityHeadersConfig></ResponseHeadersPolicyConfig>"
    )


def listing():
    items = "".join(
        f"<ResponseHeadersPolicySummary><Type>{kind}</Type><ResponseHeadersPolicy>{policy(identity)}"
        "</ResponseHeadersPolicy></ResponseHeadersPolicySummary>"
        for identity, (kind, _, _) in POLICIES.items()
    )
    return f"<ResponseHeadersPolicyList {NAMESPACE}><MaxItems>100</MaxItems><Quantity>{len(POLICIES)}</Quantity><Items>{items}</Items></ResponseHeadersPolicyList>"


class CloudFront(BaseHTTPRequestHandler):
    def do_GET(self):
        identity = self.path.split("?")[0].rpartition("/")[2]
        body = listing() if identity not in POLICIES else f"<ResponseHeadersPolicy {NAMESPACE}>{policy(identity)}</ResponseHeadersPolicy>"
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("ETag", "E2EXAMPLE")
        self.end_headers()
        self.wfile.write(body.encode())


HTTPServer(("127.0.0.1", 5001), CloudFront).serve_forever()
