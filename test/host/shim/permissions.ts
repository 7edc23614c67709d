/**
 * Puts the permissions of Chromium in front of the app's handlers. CDP has no event for a permission
 * prompt, so each verdict is asked before a document loads and set for its origin.
 */
import type { Session } from 'electron';
import { ignoreGone, type CdpConnection } from '../cdp.ts';
import { toChromium } from '../scheme-url.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

export interface PermissionHandlers {
  request: RequestHandler | null;
  check: CheckHandler | null;
}

interface Asked {
  /** Permissions API name, as Browser.setPermission takes it. */
  readonly name: string;
  readonly sysex?: true;
  readonly permission: Permission;
  readonly media?: 'video' | 'audio';
}

/** Chromium's permissions that Electron asks the app about, and the names it uses for them. */
const ASKED: readonly Asked[] = [
  { name: 'camera', permission: 'media', media: 'video' },
  { name: 'microphone', permission: 'media', media: 'audio' },
  { name: 'geolocation', permission: 'geolocation' },
  { name: 'notifications', permission: 'notifications' },
  { name: 'midi', permission: 'midi' },
  { name: 'midi', sysex: true, permission: 'midiSysex' },
  { name: 'clipboard-read', permission: 'clipboard-read' },
  { name: 'clipboard-write', permission: 'clipboard-sanitized-write' },
  { name: 'idle-detection', permission: 'idle-detection' },
  { name: 'window-management', permission: 'window-management' },
  { name: 'storage-access', permission: 'storage-access' },
  { name: 'top-level-storage-access', permission: 'top-level-storage-access' },
  { name: 'speaker-selection', permission: 'speaker-selection' },
  { name: 'keyboard-lock', permission: 'keyboardLock' },
  { name: 'pointer-lock', permission: 'pointerLock' },
];

type Contents = Parameters<RequestHandler>[0];

/** Both handlers must agree; a missing one allows, as Electron does. */
const isGranted = async (
  handlers: PermissionHandlers,
  contents: Contents,
  asked: Asked,
  url: string,
): Promise<boolean> => {
  const { protocol, host } = new URL(url);
  const origin = `${protocol}//${host}`;
  const securityOrigin = `${origin}/`;
  const facts = { isMainFrame: true, requestingUrl: url, securityOrigin };
  const isChecked =
    handlers.check?.(contents, asked.permission, origin, {
      ...facts,
      ...(asked.media === undefined ? {} : { mediaType: asked.media }),
    }) ?? true;
  if (!isChecked || handlers.request === null) return isChecked;
  const { request } = handlers;
  return new Promise((resolve) => {
    request(contents, asked.permission, resolve, {
      ...facts,
      ...(asked.media === undefined ? {} : { mediaTypes: [asked.media] }),
    });
  });
};

/**
 * Sets every permission of the URL's origin to the app's verdict.
 * @returns headers of the document: where no window could show the question, Chromium opens a device
 * unasked, and a policy of the document is what refuses it
 */
export const applyPermissions = async (
  cdp: CdpConnection,
  browserContextId: string,
  handlers: PermissionHandlers,
  contents: Contents,
  url: string,
): Promise<Readonly<Record<string, string>>> => {
  const { origin } = new URL(toChromium(url));
  const refused: string[] = [];
  await Promise.all(
    ASKED.map(async (asked) => {
      const setting = (await isGranted(handlers, contents, asked, url)) ? 'granted' : 'denied';
      const { name } = asked;
      if (setting === 'denied' && asked.media !== undefined) refused.push(`${name}=()`);
      const permission = asked.sysex === true ? { name, sysex: true } : { name };
      await cdp.browser
        .send('Browser.setPermission', { permission, setting, origin, browserContextId })
        .catch(ignoreGone);
    }),
  );
  return refused.length === 0 ? {} : { 'Permissions-Policy': refused.join(', ') };
};
