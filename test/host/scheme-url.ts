/**
 * Chromium knows no custom scheme, so `app://kiosk/x` is loaded as `https://kiosk.app.invalid/x`:
 * a secure origin of its own under the reserved top-level name of RFC 2606, which no DNS resolves.
 */

const schemes = new Set<string>();

/** Called by protocol.registerSchemesAsPrivileged. */
export const registerScheme = (scheme: string): void => {
  schemes.add(scheme);
};

/** `app://kiosk/x` → `https://kiosk.app.invalid/x`; other URLs stay. */
export const toChromium = (url: string): string => {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  const scheme = match?.[1]?.toLowerCase();
  if (match === null || scheme === undefined || !schemes.has(scheme)) return url;
  const rest = match[3] ?? '';
  return `https://${match[2]}.${scheme}.invalid${rest.startsWith('/') ? rest : `/${rest}`}`;
};

/** The way back. Also for a blob: URL and for a bare origin. */
export const toApp = (url: string): string => {
  const match = /^(blob:)?https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.invalid(?=[/?#]|$)(.*)$/is.exec(url);
  const scheme = match?.[3];
  if (match === null || scheme === undefined || !schemes.has(scheme)) return url;
  return `${match[1] ?? ''}${scheme}://${match[2]}${match[4] ?? ''}`;
};
