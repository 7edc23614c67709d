/** An HttpTransport that answers from a script and remembers what it was asked. */
import type {
  HttpAnswer,
  HttpBody,
  HttpRequest,
  HttpRun,
  HttpTransport,
} from '../../../../main/ports/http-transport.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type { TransportErrorCode } from '../../../../preload/contract/error-codes.ts';

type Reply = Result<HttpAnswer, TransportErrorCode>;

/** An answer with JSON, text or nothing as its body. */
export const answer = (
  status: number,
  body?: unknown,
  retryAfterSeconds: number | null = null,
): Reply =>
  ok({
    status,
    retryAfterSeconds,
    body: Buffer.from(
      body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    ),
  });

/** A failure below HTTP. */
export const broken = (code: TransportErrorCode): Reply => fail(code);

/** All bytes of a body. Throws where it has more or fewer than it said. */
export const bytesOf = async (body: HttpBody): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of body.chunks()) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (bytes.byteLength !== body.sizeBytes) throw new Error('A body has another size than it said.');
  return bytes;
};

export interface ScriptedTransport extends HttpTransport {
  readonly requests: HttpRequest[];
}

/** Calls `reply` for each request, with the run it came with. */
export const scriptedTransport = (
  reply: (request: HttpRequest, run: HttpRun) => Reply | Promise<Reply>,
): ScriptedTransport => {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request, run) {
      requests.push(request);
      return reply(request, run);
    },
  };
};
