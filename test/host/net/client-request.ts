/**
 * `net.request`: Electron's ClientRequest over Node's https, with Chromium's names for what goes
 * wrong. No cookies, no cache, no proxy but that of --proxy-server.
 * Connections are kept for the session's next request.
 */
import { request as httpsRequest } from 'node:https';
import type { ClientRequest as NodeRequest, IncomingMessage as NodeResponse } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type {
  ClientRequest,
  ClientRequestConstructorOptions,
  IncomingMessage,
  UploadProgress,
} from 'electron';
import { notEmulated, type Strict } from '../emulated.ts';
import { defaultSession, hostSessionOf } from '../shim/session.ts';
import { hostOptions } from '../host-options.ts';
import { nameOfNodeError, type NetErrorName } from './net-errors.ts';
import { TunnelError } from './tunnel.ts';
import { VerifiedAgent } from './verified-agent.ts';

/** The body goes out in slices of this size, so that progress can be told. */
const SLICE_BYTES = 65_536;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What a connection that ends inside the answer is called. */
const cutName = (response: NodeResponse, error: NodeJS.ErrnoException): NetErrorName => {
  const name = nameOfNodeError(error);
  if (error.message !== 'aborted') return name;
  return response.headers['content-length'] === undefined
    ? 'net::ERR_INCOMPLETE_CHUNKED_ENCODING'
    : 'net::ERR_CONTENT_LENGTH_MISMATCH';
};

class HostIncomingMessage
  extends Readable
  implements
    Strict<
      Pick<
        IncomingMessage,
        | 'statusCode'
        | 'statusMessage'
        | 'headers'
        | 'httpVersion'
        | 'httpVersionMajor'
        | 'rawHeaders'
      >
    >
{
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string | string[]>;
  readonly httpVersion: string;
  readonly httpVersionMajor: number;
  readonly rawHeaders: string[];
  private readonly source: NodeResponse;

  constructor(source: NodeResponse) {
    super();
    this.source = source;
    this.statusCode = source.statusCode ?? 0;
    this.statusMessage = source.statusMessage ?? '';
    this.headers = Object.fromEntries(
      Object.entries(source.headers).map(([name, value]) => [name, value ?? '']),
    );
    this.httpVersion = source.httpVersion;
    this.httpVersionMajor = source.httpVersionMajor;
    this.rawHeaders = source.rawHeaders;
    source.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) source.pause();
    });
    source.on('end', () => this.push(null));
  }

  override _read(): void {
    this.source.resume();
  }
}

type Emulated = Pick<
  ClientRequest,
  | 'abort'
  | 'chunkedEncoding'
  | 'followRedirect'
  | 'getHeader'
  | 'getUploadProgress'
  | 'removeHeader'
  | 'setHeader'
>;

/** Electron's ClientRequest is a Writable as well; the body is sent whole when it ends. */
export class HostClientRequest extends Writable implements Strict<Emulated> {
  chunkedEncoding = false;
  private readonly options: ClientRequestConstructorOptions;
  private readonly url: URL;
  private readonly headers = new Map<string, string>();
  private readonly chunks: Buffer[] = [];
  private outgoing: NodeRequest | null = null;
  private incoming: HostIncomingMessage | null = null;
  private progress: UploadProgress | null = null;
  private isOver = false;
  /** Size of the body once its last slice was given to Node. */
  private handedOverBytes: number | null = null;
  /** An answer that came before that and is not to be believed yet. */
  private early: NodeResponse | null = null;

  constructor(given: ClientRequestConstructorOptions | string) {
    super({ autoDestroy: false });
    this.options = typeof given === 'string' ? { url: given } : given;
    if (this.options.url === undefined) throw notEmulated('net.request without a url');
    this.url = new URL(this.options.url);
    if (this.url.protocol !== 'https:') throw notEmulated(`net.request over ${this.url.protocol}`);
    if ((this.options.redirect ?? 'follow') === 'follow')
      throw notEmulated("net.request with redirect: 'follow'");
    for (const [name, value] of Object.entries(this.options.headers ?? {}))
      this.setHeader(name, String(value));
  }

  setHeader(name: string, value: string): void {
    if (this.outgoing !== null) throw new Error("Can't set headers after they are sent");
    this.headers.set(name.toLowerCase(), value);
  }
  getHeader(name: string): string {
    return this.headers.get(name.toLowerCase()) ?? '';
  }
  removeHeader(name: string): void {
    this.headers.delete(name.toLowerCase());
  }
  getUploadProgress(): UploadProgress {
    return this.progress ?? { active: false, started: false, current: 0, total: 0 };
  }
  followRedirect(): void {
    throw notEmulated('ClientRequest.followRedirect');
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  override _final(done: () => void): void {
    done();
    if (!this.isOver) this.start(Buffer.concat(this.chunks));
  }

  abort(): void {
    if (this.isOver) return;
    process.nextTick(() => this.emit('abort'));
    this.die(null);
  }

  private start(body: Buffer): void {
    const session =
      this.options.session === undefined ? defaultSession : hostSessionOf(this.options.session);
    const outgoing = httpsRequest(this.url, {
      method: this.options.method ?? 'GET',
      headers: {
        ...Object.fromEntries(this.headers),
        ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
      },
      agent: (session.agent ??= new VerifiedAgent(
        () => session.certificateVerifyProc,
        hostOptions.switches.get('proxy-server') ?? null,
      )),
    });
    this.outgoing = outgoing;
    outgoing.on('error', (error) => {
      // On a kept connection that proves dead Chromium sends the request once more, body and all
      // (net/http/http_network_transaction.cc, ShouldResendRequest).
      if (outgoing.reusedSocket && this.incoming === null && this.early === null && !this.isOver) {
        this.progress = null;
        this.handedOverBytes = null;
        this.start(body);
        return;
      }
      // A proxy's question that nobody answers: Chromium shows its head and never its body.
      if (error instanceof TunnelError && error.answer?.statusCode === 407)
        this.receive(error.answer);
      this.die(nameOfNodeError(error));
    });
    outgoing.on('response', (response) => {
      // Chromium reads no answer while it uploads, and believes one that came meanwhile only when it
      // is a refusal (net/http/http_stream_parser.cc). Refusals are told here sooner than there.
      if (this.handedOverBytes === null && body.length > 0 && (response.statusCode ?? 0) < 400)
        this.early = response.pause();
      else this.receive(response);
    });
    outgoing.on('close', () => {
      if (this.early !== null && this.outgoing === outgoing) this.die('net::ERR_CONNECTION_RESET');
    });
    // The first slice waits for the connection inside Node: progress starts when bytes can leave.
    outgoing.once('socket', () => {
      this.sendFrom(outgoing, body, 0);
    });
  }

  private sendFrom(outgoing: NodeRequest, body: Buffer, start: number): void {
    if (this.isOver) return;
    if (start >= body.length) {
      outgoing.end();
      return;
    }
    const end = Math.min(start + SLICE_BYTES, body.length);
    if (end === body.length) this.handedOverBytes = end;
    if (end === body.length && this.early !== null) this.receive(this.early);
    outgoing.write(body.subarray(start, end), (error) => {
      if (error !== null && error !== undefined) return;
      this.progress = { active: true, started: true, current: end, total: body.length };
      this.sendFrom(outgoing, body, end);
    });
  }

  private receive(response: NodeResponse): void {
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    this.early = null;
    if (REDIRECTS.has(status) && location !== undefined) {
      this.redirected(response, status, location);
      return;
    }
    // Node tells of its last write later than of an answer that needed it.
    const total = this.handedOverBytes;
    if (total !== null) this.progress = { active: true, started: true, current: total, total };
    const incoming = new HostIncomingMessage(response);
    this.incoming = incoming;
    response.on('error', (error) => {
      this.die(cutName(response, error));
    });
    this.emit('response', incoming);
    // The last event of all: registered after the app's own listeners.
    incoming.once('end', () => {
      this.isOver = true;
      this.emit('close');
    });
  }

  private redirected(response: NodeResponse, status: number, location: string): void {
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat()]),
    );
    if (this.options.redirect === 'error') {
      this.die("Attempted to redirect, but redirect policy was 'error'");
      return;
    }
    const method = status === 303 ? 'GET' : (this.options.method ?? 'GET');
    this.emit('redirect', status, method, new URL(location, this.url).href, headers);
    // A listener that does not follow it (following is not emulated) cancels the request.
    if (!this.isOver) this.die('Redirect was cancelled');
  }

  /** Ends the exchange; `reason` null when the app ended it itself. */
  private die(reason: string | null): void {
    if (this.isOver) return;
    this.isOver = true;
    const error = reason === null ? null : new Error(reason);
    this.outgoing?.destroy();
    if (this.incoming !== null && !this.incoming.readableEnded) {
      if (error === null) this.incoming.emit('aborted');
      this.incoming.destroy(error ?? undefined);
    }
    if (error !== null) this.emit('error', error);
    this.emit('close');
  }
}
