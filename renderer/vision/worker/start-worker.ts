/**
 * Starts the one worker of the page. The page requires Trusted Types: the only policy there may be is
 * made here, and it admits one address, that of the bundled worker. Must never hand the policy out.
 */
// SECURITY: SEC-05
// oxlint-disable-next-line import/default -- The bundler makes it.
import workerUrl from './vision-worker.ts?worker&url';

const admitWorker = (url: string): string => {
  if (url !== workerUrl) throw new TypeError('No address but the worker has a policy.');
  return url;
};

/**
 * The one the content security policy names. Made with the page: it can be created once, and whoever
 * comes later finds the name taken.
 */
const policy = trustedTypes.createPolicy('vision-worker', { createScriptURL: admitWorker });

/** A new worker; its owner terminates it. */
export const startVisionWorker = (): Worker =>
  new Worker(policy.createScriptURL(workerUrl), { type: 'module', name: 'vision' });
