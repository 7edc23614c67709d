/** What the kiosk asks of the world around it: every side effect, and whom it tells. */
import type { AppStatus } from '../preload/contract/app-channels.ts';
import type { DeliveryProgress, SessionView } from '../preload/contract/session-channels.ts';
import type { ScannerDesk } from './devices/scanner-desk.ts';
import type { EventSink } from './diagnostics/events.ts';
import type { Clock } from './ports/clock.ts';
import type { Disk } from './ports/disk.ts';
import type { HttpTransportFactory } from './ports/http-transport.ts';
import type { KeyVault } from './ports/key-vault.ts';
import type { Random } from './ports/random.ts';
import type { OpenSqlite } from './ports/sqlite.ts';
import type { SettingsStore } from './settings/operator-settings.ts';
import type { ScryptCost } from './settings/password-key.ts';
import type { Policy } from './settings/policy.ts';
import type { PolicySource } from './settings/trusted-file.ts';

export interface KioskPorts {
  /** Whether every file of the app is the one that was built. */
  readonly isInstalledWhole: () => Promise<boolean>;
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  readonly openSqlite: OpenSqlite;
  readonly keyVault: KeyVault;
  /** Cost of new passphrases and PINs; lowered by tests alone. */
  readonly scryptCost?: ScryptCost;
  readonly settingsStore: SettingsStore;
  readonly transport: HttpTransportFactory;
  readonly events: EventSink;
  readonly scanners: ScannerDesk;
  readonly policySource: Omit<PolicySource, 'disk'>;
  /** Absolute path of the folder that holds everything the kiosk keeps. */
  readonly folder: string;
  readonly version: string;
  /** Told once the policy was read and the vault opened, as far as either can be. */
  readonly onConfigured: (policy: Policy) => void;
  /** Told after anything `status` shows has changed. */
  readonly onStatus: (status: AppStatus) => void;
  readonly onProgress: (progress: DeliveryProgress) => void;
  /** Told when a saved submission was delivered, refused, or left for later. */
  readonly onSettled: (view: SessionView) => void;
}
