// Files that a registry needs whatever it holds: discovery, and the configurations of servers that may stand before it.

/** The base of the registry protocol. https://developer.hashicorp.com/terraform/internals/remote-service-discovery */
const discovery = `${JSON.stringify({ "modules.v1": "/v1/modules/" })}\n`;

/** Terraform reads the place of a package from a header alone, so a server of files needs one rule. */
const nginx = `# For nginx: the files of a registry, behind TLS. Set the names and the root.
server {
  listen 443 ssl;
  server_name modules.example.com;
  ssl_certificate     /etc/ssl/modules.example.com.pem;
  ssl_certificate_key /etc/ssl/private/modules.example.com.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  root /srv/modules;

  add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
  default_type application/octet-stream;
  types {
    application/json json;
    application/gzip gz;
    image/svg+xml svg;
    text/html html;
  }

  # What Terraform asks for a package: the header says where it is, and by which checksum it is verified.
  location ~ ^(?<version_dir>/v1/modules/.+/)download$ {
    default_type application/json;
    add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
    add_header X-Terraform-Get "./module.tar.gz?checksum=file:$scheme://$http_host\${version_dir}SHA256SUMS";
  }
  location ~ ^/v1/modules/.+/versions$ {
    default_type application/json;
  }
  location = /.well-known/terraform.json {
    default_type application/json;
  }
}
`;

const caddy = `# For Caddy, which gets the certificate itself. Set the name and the root.
modules.example.com {
	root * /srv/modules
	header Strict-Transport-Security "max-age=63072000; includeSubDomains"

	# What Terraform asks for a package: the header says where it is, and by which checksum it is verified.
	@download path_regexp download ^(/v1/modules/.+/)download$
	header @download X-Terraform-Get "./module.tar.gz?checksum=file:{scheme}://{hostport}{re.download.1}SHA256SUMS"

	@json path_regexp ^/(v1/modules/.+/(versions|download)|\\.well-known/terraform\\.json)$
	header @json Content-Type application/json

	file_server
}
`;

const cloudfront = `// For CloudFront: a viewer-response function on the behavior "*/download".
function handler(event) {
  var uri = event.request.uri;
  var host = event.request.headers.host.value;
  var directory = uri.slice(0, uri.lastIndexOf("/") + 1);
  event.response.headers["x-terraform-get"] = {
    value: "./module.tar.gz?checksum=file:https://" + host + directory + "SHA256SUMS",
  };
  return event.response;
}
`;

export const serverFiles = (): { readonly [path: string]: string } => ({
  ".well-known/terraform.json": discovery,
  "servers/nginx.conf": nginx,
  "servers/Caddyfile": caddy,
  "servers/cloudfront-function.js": cloudfront,
});
