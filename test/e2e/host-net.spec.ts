/**
 * The host's net.request behaves as Electron's, fault by fault. Servers here are real, on loopback,
 * with throw-away certificates.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { expect } from 'playwright/test';
import { makeCertificate, type TestCertificate } from '../support/certificates.ts';
import { chosenRuntime, launchKiosk } from './support/launch.ts';
import { send } from './support/net-probe.ts';
import { PROBE_DIR, test as base } from './support/probe.ts';

base.skip(chosenRuntime() !== 'host', 'Electron itself is here: nothing stands in for it.');

/** Shared by the tests of a worker: each request has a session of its own. */
interface TrustingApp {
  readonly authority: TestCertificate;
  /** The app, trusting `authority` as an installed one. */
  readonly app: ElectronApplication;
}

interface NetFixtures {
  /** Closed after the test. */
  readonly listen: (server: Server | TcpServer) => Promise<number>;
  /** An HTTPS server on loopback that counts the bytes of bodies; its port. */
  readonly serve: (options?: ServerOptions) => Promise<{ port: number; received: () => number }>;
}

const test = base.extend<NetFixtures, TrustingApp>({
  authority: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      await use(await makeCertificate({ subject: 'CN=Test authority', isCa: true }));
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ authority }, use) => {
      const userDataDir = await mkdtemp(join(tmpdir(), 'host-net-'));
      const caFile = join(userDataDir, 'ca.pem');
      await writeFile(caFile, authority.certificatePem);
      const env = { NODE_EXTRA_CA_CERTS: caFile };
      const kiosk = await launchKiosk({ appDir: PROBE_DIR, userDataDir, env });
      await use(kiosk.app);
      await kiosk.close();
      await rm(userDataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  listen: async ({ folderPrefix: _folderPrefix }, use) => {
    const servers: (Server | TcpServer)[] = [];
    await use(async (server) => {
      servers.push(server);
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const address = server.address();
      return address === null || typeof address === 'string' ? 0 : address.port;
    });
    for (const server of servers) server.close();
  },
  serve: async ({ authority, listen }, use) => {
    await use(async (options = {}) => {
      const { certificatePem, privateKeyPem } = await makeCertificate({ issuer: authority });
      let received = 0;
      const server = createTlsServer(
        { cert: certificatePem, key: privateKeyPem, ...options },
        (request, response) => {
          request.on('data', (chunk: Buffer) => {
            received += chunk.length;
          });
          request.on('end', () => {
            if (request.url === '/moved')
              response.writeHead(302, { location: 'https://elsewhere.invalid/' });
            else if (request.url === '/missing') response.writeHead(404);
            else response.writeHead(200, { 'Content-Type': 'text/plain' });
            response.end(`${request.method ?? ''} ${String(request.headers['x-probe'])}`);
          });
        },
      );
      const port = await listen(server);
      return { port, received: () => received };
    });
  },
});

test('an answer arrives with status, headers and body, and the upload is counted', async ({
  app,
  serve,
}) => {
  const server = await serve();
  const body = 'x'.repeat(200_000);
  const outcome = await send(app, { url: `https://localhost:${server.port}/`, body });
  expect(outcome).toMatchObject({
    error: null,
    status: 200,
    body: 'POST yes',
    events: ['type text/plain', 'end'],
    uploaded: 200_000,
  });
  expect(server.received()).toBe(200_000);
});

test('a status of failure is an answer, not an error', async ({ app, serve }) => {
  const { port } = await serve();
  const outcome = await send(app, { url: `https://localhost:${port}/missing` });
  expect(outcome).toMatchObject({ error: null, status: 404 });
});

test('a redirect is told and never followed', async ({ app, serve }) => {
  const { port } = await serve();
  const url = `https://localhost:${port}/moved`;
  expect(await send(app, { url })).toMatchObject({
    error: 'Redirect was cancelled',
    events: ['redirect 302 POST https://elsewhere.invalid/'],
  });
  expect(await send(app, { url, redirect: 'error' })).toMatchObject({
    error: "Attempted to redirect, but redirect policy was 'error'",
    events: [],
  });
});

test('a certificate Chromium would refuse ends the request before a byte of its body left', async ({
  app,
  authority,
  serve,
}) => {
  const wrong = {
    'net::ERR_CERT_AUTHORITY_INVALID': await makeCertificate(),
    'net::ERR_CERT_COMMON_NAME_INVALID': await makeCertificate({
      issuer: authority,
      dnsNames: ['elsewhere.invalid'],
    }),
    'net::ERR_CERT_DATE_INVALID': await makeCertificate({
      issuer: authority,
      validFromDays: -3,
      validToDays: -1,
    }),
  };
  for (const [error, { certificatePem, privateKeyPem }] of Object.entries(wrong)) {
    const server = await serve({ cert: certificatePem, key: privateKeyPem });
    const url = `https://localhost:${server.port}/`;
    expect(await send(app, { url, body: 'secret' })).toMatchObject({ error, uploaded: 0 });
    expect(server.received()).toBe(0);
  }
});

test('an old TLS version is refused', async ({ app, serve }) => {
  const { port } = await serve({
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const { error } = await send(app, { url: `https://localhost:${port}/` });
  expect(error).toBe('net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH');
});

test('the certificate verify proc sees the certificate and has the last word', async ({
  app,
  serve,
}) => {
  const { certificatePem, privateKeyPem } = await makeCertificate();
  const server = await serve({ cert: certificatePem, key: privateKeyPem });
  const url = `https://localhost:${server.port}/`;
  const shown = [
    'localhost',
    'net::ERR_CERT_AUTHORITY_INVALID',
    '-202',
    'test server',
    '-----BEGIN CERTIFICATE-----',
    'sha256/',
  ];
  expect(await send(app, { url, verdict: 0 })).toMatchObject({ status: 200, shown });
  expect(await send(app, { url, verdict: -2 })).toMatchObject({ error: 'net::ERR_FAILED', shown });
  expect(await send(app, { url, verdict: -3 })).toMatchObject({
    error: 'net::ERR_CERT_AUTHORITY_INVALID',
  });
  const trusted = await serve();
  const refusal = await send(app, { url: `https://localhost:${trusted.port}/`, verdict: -202 });
  expect(refusal.error).toBe('net::ERR_CERT_AUTHORITY_INVALID');
  expect(refusal.shown.slice(0, 3)).toEqual(['localhost', 'net::OK', '0']);
});

test('broken connections have the names Chromium gives them', async ({
  app,
  authority,
  listen,
}) => {
  const { certificatePem: cert, privateKeyPem: key } = await makeCertificate({ issuer: authority });
  const answering = (raw: string): Server =>
    createTlsServer({ cert, key }).on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(raw));
    });
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';
  const cases: readonly [name: string, server: Server | TcpServer][] = [
    ['net::ERR_EMPTY_RESPONSE', answering('')],
    ['net::ERR_INVALID_HTTP_RESPONSE', answering('SMTP\r\n\r\n')],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', answering(`${head}Content-Length: 9\r\n\r\nhalf`)],
    [
      'net::ERR_INCOMPLETE_CHUNKED_ENCODING',
      answering(`${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
    ],
    [
      'net::ERR_CONNECTION_CLOSED',
      createTcpServer((socket) => socket.once('data', () => socket.end())),
    ],
    [
      'net::ERR_SSL_PROTOCOL_ERROR',
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));
      }),
    ],
    [
      'net::ERR_CONNECTION_RESET',
      createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    ],
  ];
  for (const [name, server] of cases) {
    const { error } = await send(app, { url: `https://localhost:${await listen(server)}/` });
    expect(error).toBe(name);
  }
  const gone = createTcpServer();
  const port = await listen(gone);
  await new Promise((resolve) => {
    gone.close(resolve);
  });
  expect((await send(app, { url: `https://localhost:${port}/` })).error).toBe(
    'net::ERR_CONNECTION_REFUSED',
  );
  expect((await send(app, { url: 'https://nowhere.invalid/' })).error).toBe(
    'net::ERR_NAME_NOT_RESOLVED',
  );
});

test('a request the app aborts ends without an error', async ({ app, listen }) => {
  const port = await listen(createTcpServer());
  const events = await app.evaluate(
    ({ net }, url) =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        const request = net.request({ url, redirect: 'manual' });
        request.on('error', ({ message }) => seen.push(message));
        request.on('abort', () => {
          resolve([...seen, 'abort']);
        });
        request.on('close', () => seen.push('close'));
        request.end();
        request.abort();
      }),
    `https://localhost:${port}/`,
  );
  expect(events).toEqual(['close', 'abort']);
});
