/**
 * One eSCL job: opened, its documents fetched one by one, and deleted where it did not end by itself.
 * Scanners end a stack in four ways and name hosts of their own; only the path of a job is believed.
 */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  DeviceAnswer,
  DeviceHttp,
  DeviceHttpFailure,
  DeviceRequest,
} from '../../ports/device-http.ts';
import { SCAN_LIMITS } from '../scanner-driver.ts';
import type { EsclAddress } from './addresses.ts';
import { parseStatus, type EsclStatus } from './capabilities.ts';
import { MAX_XML_BYTES } from './xml.ts';

/** For small questions. Own decision: a scanner that thinks longer is as good as gone. */
const ASK = { maxAnswerBytes: MAX_XML_BYTES, timeoutMs: 10_000, idleTimeoutMs: 5000 } as const;

/** A job that is to end must not keep the kiosk waiting. */
const DELETE_TIMEOUT_MS = 2000;

/** Source: scanners.md, 503 = busy: retry 1 s × 10. */
const BUSY_RETRIES = 10;
const BUSY_WAIT_MS = 1000;

/** A job's path has a UUID in it, and little else. */
const MAX_PATH_CHARS = 256;

/** What the operator is told of a failure below HTTP. */
export const CODE_OF_FAILURE: Readonly<Record<DeviceHttpFailure, ScannerErrorCode>> = {
  REFUSED: 'SCANNER_UNREACHABLE',
  NOT_TRUSTED: 'SCANNER_NOT_TRUSTED',
  CUT: 'SCANNER_INTERRUPTED',
  SILENT: 'SCANNER_STOPPED_ANSWERING',
  TOO_LARGE: 'SCANNER_TOO_LARGE',
  GARBAGE: 'SCANNER_NOT_UNDERSTOOD',
  ABORTED: 'SCANNER_CANCELLED',
};

export interface EsclPorts {
  readonly http: DeviceHttp;
  readonly clock: Clock;
}

export interface JobRun {
  readonly signal: AbortSignal;
  readonly onWaiting: () => void;
  readonly onReceived: (receivedBytes: number, totalBytes: number | null) => void;
}

type Answer = Result<DeviceAnswer, DeviceHttpFailure>;

/** Asks one small question. */
export const ask = (
  { http }: EsclPorts,
  { origin, root }: EsclAddress,
  path: string,
  signal: AbortSignal,
): Promise<Answer> =>
  http.send({ ...ASK, origin, method: 'GET', path: `${root}${path}`, body: null }, signal);

export const readStatus = async (
  ports: EsclPorts,
  address: EsclAddress,
  signal: AbortSignal,
): Promise<EsclStatus | null> => {
  const answer = await ask(ports, address, '/ScannerStatus', signal);
  return answer.ok && answer.value.status === 200 ? parseStatus(answer.value.body) : null;
};

/** Refusals that say by themselves what they mean. */
const codeOfStatus = (status: number): ScannerErrorCode => {
  if (status === 401 || status === 403) return 'SCANNER_ACCESS_DENIED';
  if (status >= 300 && status < 400) return 'SCANNER_NOT_UNDERSTOOD';
  return status === 400 ? 'SCANNER_UNSUPPORTED' : 'SCANNER_INTERRUPTED';
};

/** The path of a job in whatever a scanner calls its location; null where there is none. */
export const jobPath = (location: string | null, origin: string): string | null => {
  const url = location === null ? null : URL.parse(location, origin);
  if (url === null || url.pathname.length > MAX_PATH_CHARS) return null;
  const path = url.pathname.replace(/\/+$/, '');
  // What a job's path is made of, and nothing that means more to a server.
  return /^(\/[\w.~:@!$&'()*+,;=%-]+){1,8}$/.test(path) ? path : null;
};

export class EsclJob {
  readonly #ports: EsclPorts;
  readonly #address: EsclAddress;
  readonly #path: string;
  #isOver = false;

  private constructor(ports: EsclPorts, address: EsclAddress, path: string) {
    this.#ports = ports;
    this.#address = address;
    this.#path = path;
  }

  /** Opens a job. SCANNER_UNSUPPORTED where the scanner is ready but refuses these settings. */
  static async open(
    ports: EsclPorts,
    address: EsclAddress,
    settings: string,
    signal: AbortSignal,
  ): Promise<Result<EsclJob, ScannerErrorCode>> {
    const { origin, root } = address;
    const request: DeviceRequest = {
      ...ASK,
      origin,
      method: 'POST',
      path: `${root}/ScanJobs`,
      body: settings,
      timeoutMs: SCAN_LIMITS.firstSignMs,
      idleTimeoutMs: SCAN_LIMITS.firstSignMs,
    };
    const answer = await ports.http.send(request, signal);
    if (!answer.ok) return fail(CODE_OF_FAILURE[answer.error.code]);
    const { status, location } = answer.value;
    if (status === 201) {
      const path = jobPath(location, origin);
      return path === null ? fail('SCANNER_NOT_UNDERSTOOD') : ok(new EsclJob(ports, address, path));
    }
    if (status === 503) return fail('SCANNER_BUSY');
    if (status !== 409) return fail(codeOfStatus(status));
    const state = await readStatus(ports, address, signal);
    if (state?.isBusy === true) return fail('SCANNER_BUSY');
    return fail(state?.feederFault ?? 'SCANNER_UNSUPPORTED');
  }

  /** The next document; null after the last one. */
  async next(pageIndex: number, run: JobRun): Promise<Result<Uint8Array, ScannerErrorCode> | null> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#fetch(pageIndex, run);
      if (!answer.ok)
        return fail(await this.#reason(CODE_OF_FAILURE[answer.error.code], run.signal));
      const { status, body } = answer.value;
      if (status === 200) return ok(body);
      if (status === 503 && attempt < BUSY_RETRIES) {
        run.onWaiting();
        await this.#ports.clock.sleep(BUSY_WAIT_MS, run.signal);
        continue;
      }
      if (status === 503) return fail('SCANNER_BUSY');
      return this.#ending(status, pageIndex, run.signal);
    }
  }

  /** Frees the scanner. Never fails, and does not wait long: a scanner that hangs must not hold the kiosk. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ports.http.send(
      {
        ...ASK,
        origin: this.#address.origin,
        method: 'DELETE',
        path: this.#path,
        body: null,
        timeoutMs: DELETE_TIMEOUT_MS,
      },
      new AbortController().signal,
    );
  }

  #fetch(pageIndex: number, run: JobRun): Promise<Answer> {
    return this.#ports.http.send(
      {
        origin: this.#address.origin,
        method: 'GET',
        path: `${this.#path}/NextDocument`,
        body: null,
        maxAnswerBytes: SCAN_LIMITS.pageBytes,
        timeoutMs: SCAN_LIMITS.jobMs,
        idleTimeoutMs: pageIndex === 0 ? SCAN_LIMITS.firstSignMs : SCAN_LIMITS.silenceMs,
        onReceived: run.onReceived,
      },
      run.signal,
    );
  }

  /** No document: the end of the stack, or what stopped it. */
  async #ending(
    status: number,
    pageIndex: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, ScannerErrorCode> | null> {
    const isEnd = status === 404 || status === 410;
    this.#isOver = isEnd;
    const state = await readStatus(this.#ports, this.#address, signal);
    const fault = state?.feederFault ?? null;
    if (fault === 'SCANNER_FEEDER_EMPTY' && pageIndex > 0) return null;
    if (fault !== null) return fail(fault);
    return isEnd && pageIndex > 0 ? null : fail(codeOfStatus(status));
  }

  /** A broken connection is often a jam or an open cover. */
  async #reason(code: ScannerErrorCode, signal: AbortSignal): Promise<ScannerErrorCode> {
    if (code !== 'SCANNER_INTERRUPTED') return code;
    const state = await readStatus(this.#ports, this.#address, signal);
    const fault = state?.feederFault ?? null;
    return fault === null || fault === 'SCANNER_FEEDER_EMPTY' ? code : fault;
  }
}
