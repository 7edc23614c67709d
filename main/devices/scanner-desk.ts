/** The scanners of the running policy, from one start of the kiosk to the next. */
import type { Policy } from '../settings/policy.ts';
import { allowedKinds, openScanners, type OpenScanners } from './open-scanners.ts';
import type { ScannerService } from './scanner-service.ts';

export type ScannerDeskParts = Omit<OpenScanners, 'policy' | 'kinds'> & {
  readonly platform: NodeJS.Platform;
};

export class ScannerDesk {
  readonly #parts: ScannerDeskParts;
  #service: ScannerService | null = null;

  constructor(parts: ScannerDeskParts) {
    this.#parts = parts;
  }

  /** null where the policy allows no scanner, and while the kiosk starts. */
  get service(): ScannerService | null {
    return this.#service;
  }

  /** Begins to look for scanners, where the policy allows any; finding them goes on behind it. */
  async open(policy: Policy): Promise<void> {
    const kinds = allowedKinds(policy, this.#parts.platform);
    if (kinds.length === 0) return;
    const service = await openScanners({ ...this.#parts, policy: policy.scanner, kinds });
    await service.start();
    this.#service = service;
  }

  /** Lets go of every scanner. */
  async close(): Promise<void> {
    const service = this.#service;
    this.#service = null;
    await service?.stop();
  }
}
