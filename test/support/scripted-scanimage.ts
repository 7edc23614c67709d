/**
 * A `scanimage` that is none: the kiosk's RunProcess port over a device in memory. Options and
 * messages are SANE's own (sane-utils 1.2, backend test), but for a glass that is no larger than a
 * card, whose pages are soon decoded; they appear on a memory disk.
 */
import type { ProcessEnd, ProcessRequest, RunProcess } from '../../main/ports/child-process.ts';
import type { MemoryDisk } from './memory-disk.ts';

const OPTIONS = `All options specific to device:
  Scan Mode:
    --mode Gray|Color [Gray]
        Selects the scan mode.
    --resolution 1..1200dpi (in steps of 1) [50]
    --source Flatbed|Automatic Document Feeder|ADF Duplex [Flatbed]
  Geometry:
    -l 0..90mm (in steps of 1) [0]
    -t 0..60mm (in steps of 1) [0]
    -x 0..90mm (in steps of 1) [80]
    -y 0..60mm (in steps of 1) [50]
`;

export const FRONTEND_TESTER = 'test:0\u001fNoname\u001ffrontend-tester\u001fvirtual device\u001e';

/** How a run ends instead of well. */
export type Ending =
  | { readonly kind: 'exit'; readonly exitCode: number; readonly stderr: string }
  | { readonly kind: 'killed'; readonly by: string; readonly stderr: string }
  /** Says this, in two pieces, and nothing any more until it is ended. */
  | { readonly kind: 'hang'; readonly stderr?: string }
  /** Says so much that it is ended. */
  | { readonly kind: 'flood' }
  | { readonly kind: 'missing' };

export type Question = 'list' | 'options' | 'scan';

export class ScriptedScanimage {
  listing = FRONTEND_TESTER;
  options = OPTIONS;
  /** Files of the stack, in order. */
  pages: readonly Uint8Array[] = [];
  /** How the n-th question of a kind ends; null: well. A scan ends after its pages. */
  ending: (question: Question, count: number) => Ending | null = () => null;
  readonly requests: ProcessRequest[] = [];
  readonly #disk: MemoryDisk;
  readonly #counts = new Map<Question, number>();

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  readonly run: RunProcess = async (request, signal) => {
    this.requests.push(request);
    if (signal.aborted) return ended({ endedBy: 'caller' });
    const question = questionOf(request);
    const count = this.#counts.get(question) ?? 0;
    this.#counts.set(question, count + 1);
    const ending = this.ending(question, count);
    if (question === 'scan') await this.#scan(request, ending !== null);
    if (ending === null) return ended({ stdout: this.#answer(question) });
    if (ending.kind === 'hang') say(request, ending.stderr ?? '');
    return finish(ending, signal);
  };

  #answer(question: Question): string {
    if (question === 'list') return this.listing;
    return question === 'options' ? this.options : '';
  }

  async #scan(request: ProcessRequest, isFaulty: boolean): Promise<void> {
    const folder = argumentOf(request, 'batch').replace('/p%03d.png', '');
    const isFeeder = argumentOf(request, 'source') !== 'Flatbed';
    // A fault on the glass comes before its only page is whole.
    const count = isFeeder ? this.pages.length : isFaulty ? 0 : 1;
    for (const [index, page] of this.pages.slice(0, count).entries()) {
      const name = `${folder}/p${String(index + 1).padStart(3, '0')}.png`;
      request.onOutput?.('stderr', 'Progress: 50.0%\r');
      this.#disk.put(name, page);
      request.onOutput?.('stdout', `${name}\n`);
    }
    if (isFaulty) {
      this.#disk.put(`${folder}/p${String(count + 1).padStart(3, '0')}.png.part`, 'half a page');
      request.onOutput?.('stderr', 'Progress: 10.0%\r');
    }
  }
}

const argumentOf = ({ args }: ProcessRequest, name: string): string =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';

const say = ({ onOutput }: ProcessRequest, stderr: string): void => {
  const middle = Math.floor(stderr.length / 2);
  for (const text of [stderr.slice(0, middle), stderr.slice(middle)]) onOutput?.('stderr', text);
};

const questionOf = (request: ProcessRequest): Question => {
  if (argumentOf(request, 'formatted-device-list') !== '') return 'list';
  return request.args.includes('--all-options') ? 'options' : 'scan';
};

const ended = (end: Partial<Extract<ProcessEnd, { kind: 'ended' }>>): ProcessEnd => ({
  kind: 'ended',
  exitCode: 0,
  killedBy: null,
  stdout: '',
  stderr: '',
  endedBy: null,
  ...end,
});

const finish = async (ending: Ending, signal: AbortSignal): Promise<ProcessEnd> => {
  switch (ending.kind) {
    case 'missing':
      return { kind: 'missing' };
    case 'exit':
      return ended({ exitCode: ending.exitCode, stderr: ending.stderr });
    case 'killed':
      return ended({ exitCode: null, killedBy: ending.by, stderr: ending.stderr });
    case 'flood':
      return ended({ exitCode: null, killedBy: 'SIGINT', endedBy: 'overflow' });
    case 'hang':
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      return ended({ exitCode: 9, stderr: ending.stderr ?? '', endedBy: 'caller' });
  }
  return { kind: 'missing' };
};
