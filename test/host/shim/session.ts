/**
 * `session`: what the app decides for a partition, kept for the pages that live in it. Every
 * partition is an in-memory profile of Chromium; one that must persist is refused.
 */
import { EventEmitter } from 'node:events';
import type { Agent } from 'node:https';
import type { Session, session as SessionModule } from 'electron';
import { emulated, notEmulated, type Strict } from '../emulated.ts';
import { blockedUrls, runningBrowser } from '../host-state.ts';
import type { Page } from '../page/page.ts';
import type { PageRequest } from '../page/requests.ts';
import { toChromium } from '../scheme-url.ts';
import type { PermissionHandlers } from './permissions.ts';
import { createProtocol, type HostProtocol } from './protocol.ts';

type BeforeRequest = Parameters<Session['webRequest']['onBeforeRequest']>[0];
type BeforeRequestDetails = Parameters<NonNullable<BeforeRequest>>[0];
export type CertificateVerifyProc = Parameters<Session['setCertificateVerifyProc']>[0];

/** The host's side of a session. */
export interface HostSession {
  readonly electron: Session;
  readonly protocol: HostProtocol;
  readonly permissions: PermissionHandlers;
  certificateVerifyProc: CertificateVerifyProc;
  /** Connections of net.request; null before the first one. */
  agent: Agent | null;
  /** Open pages of the profile. */
  readonly pages: Set<Page>;
  /** Chromium's id of the profile, made on first use. */
  contextId(): Promise<string>;
  /** null when the app cancelled, undefined when nobody serves the scheme. */
  serve(request: PageRequest, webContentsId: number): Promise<Response | null | undefined>;
}

type Emulated = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setCertificateVerifyProc'
  | 'setSpellCheckerEnabled'
  | 'clearStorageData'
  | 'clearCache'
  | 'clearCodeCaches'
  | 'clearAuthCache'
  | 'clearHostResolverCache'
  | 'closeAllConnections'
  | 'isPersistent'
>;

const hostSessions = new Map<Session, HostSession>();
const nothing = (): Promise<void> => Promise.resolve();

const createSession = (): HostSession => {
  const protocol = createProtocol();
  const permissions: PermissionHandlers = { request: null, check: null };
  let beforeRequest: BeforeRequest = null;
  let context: Promise<string> | null = null;
  let lastRequestId = 0;
  const contextId = (): Promise<string> => (context ??= runningBrowser().createContext());
  /** Origins that were served: their storage is what clearStorageData empties. */
  const servedOrigins = new Set<string>();
  const pages = new Set<Page>();
  const clearStorage = async (): Promise<void> => {
    // Chromium clears through a page of the profile; without one the profile is not in use.
    const [page] = pages;
    for (const origin of servedOrigins) await page?.clearStorage(origin);
  };

  const part = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler) => {
      permissions.request = handler;
    },
    setPermissionCheckHandler: (handler) => {
      permissions.check = handler;
    },
    // Chromium here has no device to ask about: the handlers are kept out of its way.
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
    setCertificateVerifyProc: (proc) => {
      host.certificateVerifyProc = proc;
    },
    setSpellCheckerEnabled: () => undefined,
    clearStorageData: clearStorage,
    // Answers given through CDP are never cached, and no name is ever resolved.
    clearCache: nothing,
    clearCodeCaches: nothing,
    clearAuthCache: nothing,
    clearHostResolverCache: nothing,
    closeAllConnections: () => {
      host.agent?.destroy();
      return Promise.resolve();
    },
    isPersistent: () => false,
  } satisfies Strict<Emulated>);

  const isCancelled = async (request: PageRequest, webContentsId: number): Promise<boolean> => {
    if (beforeRequest === null) return false;
    const listener = beforeRequest;
    lastRequestId += 1;
    const details = {
      id: lastRequestId,
      url: request.url,
      method: request.method,
      resourceType: request.resourceType,
      webContentsId,
      referrer: '',
      timestamp: Date.now(),
    } as BeforeRequestDetails;
    const { cancel, redirectURL } = await new Promise<{ cancel?: boolean; redirectURL?: string }>(
      (resolve) => {
        listener(details, resolve);
      },
    );
    if (redirectURL !== undefined) throw notEmulated('webRequest redirectURL');
    return cancel === true;
  };

  const host: HostSession = {
    electron: emulated<Session>(
      'session',
      Object.assign(part, {
        protocol: protocol.protocol,
        webRequest: emulated('webRequest', {
          onBeforeRequest: (filterOrListener: unknown, listener?: BeforeRequest) => {
            if (typeof filterOrListener !== 'function' && listener !== undefined)
              throw notEmulated('webRequest filter');
            beforeRequest = filterOrListener as BeforeRequest;
          },
        }),
      }),
    ),
    protocol,
    permissions,
    certificateVerifyProc: null,
    agent: null,
    pages,
    contextId,
    serve: async (request, webContentsId) => {
      const handler = protocol.handlerOf(request.url);
      if ((await isCancelled(request, webContentsId)) || handler === undefined) {
        blockedUrls.push(request.url);
        return handler === undefined ? undefined : null;
      }
      servedOrigins.add(new URL(toChromium(request.url)).origin);
      return handler(
        new Request(request.url, {
          method: request.method,
          headers: request.headers,
          ...(request.body === null ? {} : { body: new Uint8Array(request.body) }),
        }),
      );
    },
  };
  hostSessions.set(host.electron, host);
  return host;
};

/** The host's side of a session object of the app. */
export const hostSessionOf = (session: Session): HostSession => {
  const host = hostSessions.get(session);
  if (host === undefined) throw new Error('electron host: not a session of this app');
  return host;
};

export const defaultSession = createSession();
const partitions = new Map<string, HostSession>([['', defaultSession]]);

const sessionPart = {
  fromPartition: (partition) => {
    if (partition.startsWith('persist:')) throw notEmulated('a persistent partition');
    const known = partitions.get(partition) ?? createSession();
    partitions.set(partition, known);
    return known.electron;
  },
  defaultSession: defaultSession.electron,
} satisfies Strict<Pick<typeof SessionModule, 'fromPartition' | 'defaultSession'>>;

export const session = emulated<typeof SessionModule>('session', sessionPart);
