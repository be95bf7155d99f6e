/** Where the proxy listens inside a jail with a network of its own. */
export const JAIL_PORT = 3128;

/** What tells programs that they reach the network through a proxy, which is a `http://` URL. */
export const proxyEnv = (
  url = `http://127.0.0.1:${JAIL_PORT}`,
): Readonly<Record<string, string>> => ({
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  // curl, for one, does not read HTTP_PROXY in capitals.
  http_proxy: url,
  https_proxy: url,
  npm_config_proxy: url,
  npm_config_https_proxy: url,
  NODE_USE_ENV_PROXY: '1',
});
