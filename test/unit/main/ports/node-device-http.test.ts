/** HTTP to scanners over real sockets on loopback, with every way a server can fail. */
import { createServer as createTcpServer } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceRequest, TrustsCertificate } from '../../../../main/ports/device-http.ts';
import { createNodeDeviceHttp } from '../../../../main/ports/node-device-http.ts';
import {
  answer,
  EsclMachine,
  type EsclReply,
  type EsclRoute,
} from '../../../device/escl-machine.ts';
import { serveEscl, type EsclServer, type EsclServerOptions } from '../../../device/escl-server.ts';
import { makeCertificate } from '../../../support/certificates.ts';

const servers: EsclServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const serve = async (
  reply: (route: EsclRoute) => EsclReply | null = () => null,
  options: EsclServerOptions = {},
): Promise<{ server: EsclServer; machine: EsclMachine }> => {
  const machine = new EsclMachine();
  machine.interfere = reply;
  const server = await serveEscl(machine, options);
  servers.push(server);
  return { server, machine };
};

const request = (origin: string, rest: Partial<DeviceRequest> = {}): DeviceRequest => ({
  origin,
  method: 'GET',
  path: '/eSCL/ScannerStatus',
  body: null,
  maxAnswerBytes: 100_000,
  timeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  ...rest,
});

const never = new AbortController().signal;
const trustAll: TrustsCertificate = () => true;
const http = createNodeDeviceHttp(trustAll);
const body = Buffer.alloc(5000, 0x41);

describe('HTTP to a scanner', () => {
  it('gives status, location and body of an answer, and tells how much of it is here', async () => {
    const { server } = await serve(() => answer(201, { location: '/eSCL/ScanJobs/1', body }));
    const seen: unknown[] = [];
    const got = await http.send(
      request(server.origin, { onReceived: (bytes, total) => seen.push([bytes, total]) }),
      never,
    );
    expect(got).toEqual({ ok: true, value: { status: 201, location: '/eSCL/ScanJobs/1', body } });
    expect(seen.at(-1)).toEqual([5000, 5000]);
  });

  it('sends a body whole, and follows no redirect', async () => {
    const { server, machine } = await serve(() =>
      answer(302, { location: 'http://10.255.255.1/elsewhere' }),
    );
    const got = await http.send(
      request(server.origin, { method: 'POST', path: '/eSCL/ScanJobs', body: '<x/>' }),
      never,
    );
    expect(got).toMatchObject({ value: { status: 302 } });
    expect(machine.journal).toHaveLength(1);
  });

  it.each<[what: string, reply: EsclReply, failure: string]>([
    ['a body cut before its announced end', answer(200, { body, cutAfter: 100 }), 'CUT'],
    ['a body longer than allowed', answer(200, { body: Buffer.alloc(200_000) }), 'TOO_LARGE'],
    ['a body without length and end', { kind: 'endless' }, 'TOO_LARGE'],
    ['bytes that are no HTTP', { kind: 'garbage' }, 'GARBAGE'],
    ['headers without end', answer(200, { location: 'x'.repeat(40_000) }), 'GARBAGE'],
  ])('tells %s', async (_what, reply, failure) => {
    const { server } = await serve(() => reply);
    expect(await http.send(request(server.origin), never)).toEqual({
      ok: false,
      error: { code: failure },
    });
  });

  it('takes the end of the connection for the end of a body without length', async () => {
    const { server } = await serve(() => answer(200, { body, hasLength: false, cutAfter: 100 }));
    const got = await http.send(request(server.origin), never);
    expect(got).toMatchObject({ ok: true, value: { body: body.subarray(0, 100) } });
  });

  it('tells silence, before an answer and in the whole', async () => {
    const { server } = await serve(() => ({ kind: 'silence' }));
    for (const limit of [{ idleTimeoutMs: 100 }, { timeoutMs: 100 }])
      expect(await http.send(request(server.origin, limit), never)).toEqual({
        ok: false,
        error: { code: 'SILENT' },
      });
  });

  it('ends at once when its caller gives up', async () => {
    const { server, machine } = await serve(() => ({ kind: 'silence' }));
    const stop = new AbortController();
    const asked = http.send(request(server.origin), stop.signal);
    await expect.poll(() => machine.journal.length).toBe(1);
    stop.abort();
    expect(await asked).toEqual({ ok: false, error: { code: 'ABORTED' } });
    expect(await http.send(request(server.origin), stop.signal)).toEqual(await asked);
  });

  it('tells a server that is not there, and one that hangs up', async () => {
    const { server, machine } = await serve();
    machine.isPlugged = false;
    expect(await http.send(request(server.origin), never)).toMatchObject({
      error: { code: 'CUT' },
    });
    await server.stop();
    expect(await http.send(request(server.origin), never)).toMatchObject({
      error: { code: 'REFUSED' },
    });
  });

  it('goes to no other server than its origin’s, whatever the path', async () => {
    for (const path of ['//evil.example/x', 'http://evil.example/x', '\\\\evil.example/x'])
      expect(await http.send(request('http://127.0.0.1:9', { path }), never)).toMatchObject({
        error: { code: 'GARBAGE' },
      });
  });
});

describe('SEC-25 HTTPS to a scanner', () => {
  it('shows the certificate before a byte of the request leaves, and stops where it is not trusted', async () => {
    const identity = await makeCertificate();
    const { server, machine } = await serve(() => null, { identity });
    const shown: string[] = [];
    const refuse = createNodeDeviceHttp((origin, sha256) => {
      shown.push(`${origin} ${sha256}`);
      return false;
    });
    expect(await refuse.send(request(server.origin), never)).toEqual({
      ok: false,
      error: { code: 'NOT_TRUSTED' },
    });
    const { fingerprint256 } = new X509Certificate(identity.certificatePem);
    expect(shown).toEqual([`${server.origin} ${fingerprint256.replaceAll(':', '').toLowerCase()}`]);
    expect(machine.journal).toEqual([]);
    expect(await http.send(request(server.origin), never)).toMatchObject({
      value: { status: 200 },
    });
  });

  it('does not speak to a server without TLS', async () => {
    const { server } = await serve();
    const origin = server.origin.replace('http:', 'https:');
    expect(await http.send(request(origin), never)).toMatchObject({
      error: { code: 'NOT_TRUSTED' },
    });
  });

  it('gives up a server that is silent before its certificate', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const asked = request(`https://127.0.0.1:${port}`, { idleTimeoutMs: 100 });
    expect(await http.send(asked, never)).toMatchObject({ error: { code: 'SILENT' } });
    silent.close();
  });
});
