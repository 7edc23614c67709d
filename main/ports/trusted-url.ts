/**
 * The rule that keeps credentials with one server: a request goes to the trusted https origin or
 * nowhere. Shared by every transport. Must never repair an address, only accept or refuse it.
 */

/**
 * Throws unless `origin` is a bare https origin (`https://host[:port]`). The policy schema has
 * refused anything else long before, so a wrong one here is a bug.
 */
// SECURITY: SEC-25
export const assertHttpsOrigin = (origin: string): void => {
  const url = URL.parse(origin);
  if (url === null || url.protocol !== 'https:' || url.origin !== origin)
    throw new Error('A transport needs a bare https origin.');
};

/** The address of an absolute path on a trusted origin; null when it would lead to any other. */
// SECURITY: SEC-25
export const trustedUrl = (origin: string, path: string): URL | null => {
  if (!path.startsWith('/')) return null;
  const url = URL.parse(path, origin);
  return url !== null && url.origin === origin && url.username === '' ? url : null;
};
