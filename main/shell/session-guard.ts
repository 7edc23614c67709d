/**
 * Guards the renderer's session: permissions, devices, downloads, and every request that is not
 * for our own files. The session lives in memory and is emptied between customers.
 */
import { clipboard, session, type Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from './app-origin.ts';

/** No `persist:` prefix: nothing of this partition is ever written to disk. */
// SECURITY: SEC-20
const PARTITION = 'kiosk';

interface MediaRequest {
  readonly permission: string;
  readonly requestingOrigin: string;
  readonly isMainFrame: boolean;
  readonly mediaTypes: readonly string[];
}

/** Origins are compared without the trailing slash Chromium adds to a security origin. */
const isOwnOrigin = (origin: string): boolean => origin.replace(/\/$/, '') === APP_ORIGIN;

/** The whole permission policy: video for the main frame of our own page, nothing else. */
// SECURITY: SEC-04
export const isPermitted = (request: MediaRequest): boolean =>
  request.permission === 'media' &&
  request.isMainFrame &&
  isOwnOrigin(request.requestingOrigin) &&
  request.mediaTypes.length > 0 &&
  request.mediaTypes.every((type) => type === 'video');

const originOf = (url: string | undefined): string => {
  const parsed = URL.parse(url ?? '');
  return parsed === null ? '' : `${parsed.protocol}//${parsed.host}`;
};

/** A URL the renderer may load: our own files, and blobs our own page made. */
// SECURITY: SEC-07
export const isOwnResource = (url: string): boolean =>
  url.startsWith(`${APP_ORIGIN}/`) || url.startsWith(`blob:${APP_ORIGIN}/`);

const guardPermissions = (guarded: Session): void => {
  guarded.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(
      isPermitted({
        permission,
        requestingOrigin: originOf(details.requestingUrl),
        isMainFrame: details.isMainFrame,
        mediaTypes: 'mediaTypes' in details ? (details.mediaTypes ?? []) : [],
      }),
    );
  });
  guarded.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted({
      permission,
      requestingOrigin,
      isMainFrame: details.isMainFrame,
      mediaTypes: details.mediaType === undefined ? [] : [details.mediaType],
    }),
  );
  guarded.setDevicePermissionHandler(() => false);
  guarded.setDisplayMediaRequestHandler((_request, callback) => {
    callback({});
  });
};

/** Makes and guards the session of the kiosk window. */
export const createGuardedSession = (serve: (request: Request) => Promise<Response>): Session => {
  const guarded = session.fromPartition(PARTITION, { cache: false });
  guarded.protocol.handle(APP_SCHEME, serve);
  guardPermissions(guarded);
  guarded.setSpellCheckerEnabled(false);
  guarded.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isOwnResource(details.url) });
  });
  // SECURITY: SEC-17
  guarded.on('will-download', (event) => {
    event.preventDefault();
  });
  return guarded;
};

/** Forgets whatever the page may have left behind, in the clipboard too. */
export const clearSession = async (guarded: Session): Promise<void> => {
  // SECURITY: SEC-18
  clipboard.clear();
  // There the middle button pastes what was last selected.
  if (process.platform === 'linux') clipboard.selection.clear();
  await Promise.all([
    guarded.clearStorageData(),
    guarded.clearCache(),
    guarded.clearAuthCache(),
    guarded.clearHostResolverCache(),
  ]);
};
