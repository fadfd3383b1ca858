// The viewer-response function for "*/download": servers/cloudfront-function.js, as `tlsgate modules publish` writes it.

export const locationHeader = `function handler(event) {
  var uri = event.request.uri;
  var host = event.request.headers.host.value;
  var directory = uri.slice(0, uri.lastIndexOf("/") + 1);
  event.response.headers["x-terraform-get"] = {
    value: "./module.tar.gz?checksum=file:https://" + host + directory + "SHA256SUMS",
  };
  return event.response;
}
`;
