/**
 * A driverless scanner without a wire: glass, feeder, duplex, its jobs, and every way to misbehave.
 * escl-server.ts puts it on HTTP, machine-http.ts behind the kiosk's own port.
 */
import sharp from 'sharp';
import {
  capabilitiesDocument,
  readScanSettings,
  statusDocument,
  type MachineFacts,
  type WantedScan,
} from './escl-documents.ts';

export type EsclRoute = 'capabilities' | 'status' | 'jobs' | 'document' | 'delete' | 'other';

export interface EsclRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** What the client calls the server, e.g. `127.0.0.1:8080`. */
  readonly host: string;
}

export interface EsclAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly body: Uint8Array;
  /** False: no Content-Length; the end of the connection is the end of the body. */
  readonly hasLength: boolean;
  /** The connection breaks after so many bytes of the body; null: it does not. */
  readonly cutAfter: number | null;
}

export type EsclReply =
  | EsclAnswer
  | { readonly kind: 'silence' }
  /** Bytes that are no HTTP. */
  | { readonly kind: 'garbage' }
  /** 200 and a body that never ends. */
  | { readonly kind: 'endless' };

/** Makes a reply in place of the machine's own; null lets it answer. `count` is from 0, per route. */
export type Interference = (route: EsclRoute, count: number) => EsclReply | null;

export const answer = (status: number, rest: Partial<EsclAnswer> = {}): EsclAnswer => ({
  kind: 'answer',
  status,
  type: 'text/plain',
  location: null,
  body: new Uint8Array(),
  hasLength: true,
  cutAfter: null,
  ...rest,
});

const xml = (text: string): EsclAnswer =>
  answer(200, { type: 'text/xml', body: Buffer.from(text, 'utf8') });

interface Job {
  readonly wanted: WantedScan;
  pagesLeft: number;
  pageIndex: number;
}

/** How the scanner ends a stack. */
export type EndOfStack = 404 | 410 | 409;

const ROOT = '/eSCL';

export class EsclMachine {
  /** Sheets in the feeder. */
  sheets = 0;
  /** What the feeder reports instead of loaded or empty, e.g. `ScannerAdfJam`. */
  feederTrouble: string | null = null;
  isPlugged = true;
  interfere: Interference = () => null;
  endOfStack: EndOfStack = 404;
  /** Settles when the feeder has pulled this page in, or felt for it where there is none. */
  pull: (pageIndex: number) => Promise<void> = () => Promise.resolve();
  locationStyle: 'absolute' | 'path' | 'wrong-host' = 'absolute';
  /** Method and path of every request, with the status it got; null where it got none. */
  readonly journal: { method: string; route: EsclRoute; status: number | null }[] = [];
  readonly facts: MachineFacts;
  readonly #jobs = new Map<string, Job>();
  readonly #counts = new Map<EsclRoute, number>();
  #jobNumber = 0;

  constructor(facts: Partial<MachineFacts> = {}) {
    this.facts = {
      model: 'Simulated Scanner 100',
      uuid: '3f1e1c9a-7a3e-4d0c-9d0e-6f2b8c1d2e3f',
      hasFeeder: true,
      ...facts,
    };
  }

  /** Jobs that were neither finished nor deleted. */
  get openJobs(): number {
    return this.#jobs.size;
  }

  /** Switched off and on. */
  forgetJobs(): void {
    this.#jobs.clear();
  }

  async handle(request: EsclRequest): Promise<EsclReply> {
    const route = routeOf(request);
    const count = this.#counts.get(route) ?? 0;
    this.#counts.set(route, count + 1);
    const reply = this.interfere(route, count) ?? (await this.#answer(route, request));
    const status = reply.kind === 'answer' ? reply.status : null;
    this.journal.push({ method: request.method, route, status });
    return reply;
  }

  async #answer(route: EsclRoute, request: EsclRequest): Promise<EsclReply> {
    switch (route) {
      case 'capabilities':
        return xml(capabilitiesDocument(this.facts));
      case 'status':
        return xml(statusDocument(this.openJobs > 0 ? 'Processing' : 'Idle', this.#feederState()));
      case 'jobs':
        return this.#open(request);
      case 'document':
        return this.#next(jobIdOf(request.path));
      case 'delete':
        return answer(this.#jobs.delete(jobIdOf(request.path)) ? 200 : 404);
      case 'other':
        return answer(404);
    }
    return answer(500);
  }

  #feederState(): string | null {
    if (!this.facts.hasFeeder) return null;
    return this.feederTrouble ?? (this.sheets > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty');
  }

  #open({ body, host }: EsclRequest): EsclReply {
    if (this.openJobs > 0) return answer(503);
    const wanted = readScanSettings(body);
    if (wanted === null || (wanted.isFeeder && !this.facts.hasFeeder)) return answer(409);
    const isReady = this.feederTrouble === null && this.sheets > 0;
    if (wanted.isFeeder && !isReady) return answer(409);
    this.#jobNumber += 1;
    const id = `${this.facts.uuid}-${this.#jobNumber}`;
    const sides = wanted.isDuplex ? 2 : 1;
    const pagesLeft = wanted.isFeeder ? this.sheets * sides : 1;
    this.#jobs.set(id, { wanted, pagesLeft, pageIndex: 0 });
    const path = `${ROOT}/ScanJobs/${id}`;
    const location = {
      absolute: `http://${host}${path}`,
      path,
      'wrong-host': `http://printer.invalid:1234${path}`,
    }[this.locationStyle];
    return answer(201, { location });
  }

  async #next(id: string): Promise<EsclReply> {
    const job = this.#jobs.get(id);
    if (job?.wanted.isFeeder === true) await this.pull(job.pageIndex);
    if (job === undefined || this.#jobs.get(id) !== job) return answer(404);
    if (job.wanted.isFeeder && this.feederTrouble !== null) return answer(409);
    if (job.pagesLeft === 0) {
      this.#jobs.delete(id);
      return answer(job.wanted.isFeeder ? this.endOfStack : 404);
    }
    const page = await drawPage(job.wanted, job.pageIndex);
    job.pagesLeft -= 1;
    job.pageIndex += 1;
    const isSheetDone = !job.wanted.isDuplex || job.pageIndex % 2 === 0;
    if (job.wanted.isFeeder && isSheetDone) this.sheets -= 1;
    return answer(200, { type: 'image/jpeg', body: page });
  }
}

const routeOf = ({ method, path }: EsclRequest): EsclRoute => {
  if (method === 'GET' && path === `${ROOT}/ScannerCapabilities`) return 'capabilities';
  if (method === 'GET' && path === `${ROOT}/ScannerStatus`) return 'status';
  if (method === 'POST' && path === `${ROOT}/ScanJobs`) return 'jobs';
  if (!path.startsWith(`${ROOT}/ScanJobs/`)) return 'other';
  if (method === 'GET' && path.endsWith('/NextDocument')) return 'document';
  return method === 'DELETE' ? 'delete' : 'other';
};

const jobIdOf = (path: string): string => path.split('/')[3] ?? '';

const drawn = new Map<string, Buffer>();

/** A page of the wanted size with a dark field that tells its index; each kind is drawn once. */
export const drawPage = async (wanted: WantedScan, pageIndex: number): Promise<Uint8Array> => {
  const width = Math.round((wanted.width * wanted.dpi) / 300);
  const height = Math.round((wanted.height * wanted.dpi) / 300);
  const key = [width, height, wanted.isColour, pageIndex].join();
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const field = { left: (pageIndex % 8) * Math.floor(width / 10), top: Math.floor(height / 4) };
  const picture = sharp({
    create: { width, height, channels: 3, background: { r: 250, g: 248, b: 240 } },
  }).composite([
    {
      input: {
        create: {
          width: Math.ceil(width / 5),
          height: Math.ceil(height / 5),
          channels: 3,
          background: { r: 30, g: 60, b: 120 },
        },
      },
      ...field,
    },
  ]);
  const toned = wanted.isColour ? picture : picture.toColourspace('b-w');
  const page = await toned.withDensity(wanted.dpi).jpeg({ quality: 80 }).toBuffer();
  drawn.set(key, page);
  return page;
};
