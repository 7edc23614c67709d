/** One request of the running app, and what became of it. Runs in Electron as well. */
import type { ElectronApplication } from 'playwright';

/** What became of one request. */
export interface Outcome {
  readonly error: string | null;
  readonly status: number | null;
  readonly body: string;
  readonly events: readonly string[];
  readonly uploaded: number;
  /** What the certificate verify proc was shown. */
  readonly shown: readonly string[];
}

export interface Wish {
  readonly url: string;
  readonly body?: string;
  readonly redirect?: 'error' | 'manual';
  /** Answer of the certificate verify proc; no proc without one. */
  readonly verdict?: number;
}

/** Sends one POST with net.request inside the app, in a session of its own. */
export const send = (app: ElectronApplication, wish: Wish): Promise<Outcome> =>
  app.evaluate(
    ({ net, session }, { url, body, redirect, verdict }) =>
      new Promise((resolve) => {
        const events: string[] = [];
        const shown: string[] = [];
        const chunks: Buffer[] = [];
        let error: string | null = null;
        let status: number | null = null;
        const own = session.fromPartition(`spec-${Math.random()}`);
        if (verdict !== undefined)
          own.setCertificateVerifyProc((request, callback) => {
            const { certificate, hostname, verificationResult, errorCode } = request;
            shown.push(hostname, verificationResult, String(errorCode), certificate.subjectName);
            shown.push(certificate.data.slice(0, 27), certificate.fingerprint.slice(0, 7));
            callback(verdict);
          });
        const request = net.request({
          method: 'POST',
          url,
          session: own,
          redirect: redirect ?? 'manual',
        });
        request.setHeader('X-Probe', 'yes');
        request.on('error', (reason) => {
          error = reason.message;
        });
        request.on('redirect', (code, method, target) => {
          events.push(`redirect ${code} ${method} ${target}`);
        });
        request.on('response', (response) => {
          status = response.statusCode;
          events.push(`type ${String(response.headers['content-type'])}`);
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => events.push('end'));
          response.on('error', () => events.push('response error'));
        });
        request.on('close', () => {
          resolve({
            error,
            status,
            body: Buffer.concat(chunks).toString(),
            events,
            shown,
            uploaded: request.getUploadProgress().current,
          });
        });
        request.end(body ?? '');
      }),
    wish,
  );
