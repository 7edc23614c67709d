/** Calls to main in a test: which came, and which are to fail, to be rejected or to wait. */
import type { ChannelName } from '../../preload/contract/channel-names.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { fail, type Result } from '../../preload/contract/result.ts';

type Script = { readonly code: ErrorCode } | { readonly reject: true };

export class CallScript {
  /** Channel names in the order they were called. */
  readonly calls: ChannelName[] = [];
  /** Last request by channel. */
  readonly requests = new Map<ChannelName, unknown>();
  readonly #scripts = new Map<ChannelName, Script[]>();
  #failing = { code: 'INTERNAL_FAULT' as ErrorCode, after: 0, times: 0 };
  readonly #gates = new Map<ChannelName, Promise<void>>();

  /** The next call of the channel answers with the code. */
  failNext(name: ChannelName, code: ErrorCode, times = 1): void {
    const queue = this.#scripts.get(name) ?? [];
    for (let time = 0; time < times; time += 1) queue.push({ code });
    this.#scripts.set(name, queue);
  }

  /** The next call of the channel is rejected, as when main's handler has a bug. */
  rejectNext(name: ChannelName): void {
    this.#scripts.set(name, [...(this.#scripts.get(name) ?? []), { reject: true }]);
  }

  /** Further calls answer with the code, whichever they are: so many after so many. */
  failCalls(code: ErrorCode, { after = 0, times = 1 }): void {
    this.#failing = { code, after, times };
  }

  /** Calls of the channel wait until the returned function is called. */
  hold(name: ChannelName): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(name, promise);
    return () => {
      this.#gates.delete(name);
      resolve();
    };
  }

  countOf(name: ChannelName): number {
    return this.calls.filter((call) => call === name).length;
  }

  /** Answers a call as the script says, or as `handle` does. */
  protected async answer<Request, Value>(
    name: ChannelName,
    request: Request,
    handle: (request: Request) => Result<Value>,
  ): Promise<Result<Value>> {
    this.calls.push(name);
    this.requests.set(name, structuredClone(request));
    await this.#gates.get(name);
    const failing = this.#failing;
    if (failing.after > 0) failing.after -= 1;
    else if (failing.times > 0) {
      failing.times -= 1;
      return fail(failing.code);
    }
    const script = this.#scripts.get(name)?.shift();
    if (script === undefined) return handle(request);
    if ('reject' in script) throw new Error('A bug behind the door.');
    return fail(script.code);
  }
}
