/**
 * Where driverless scanners may be: addresses of the policy, announcements on the network, and USB
 * scanners behind ipp-usb. Whether a scanner is there is for its answer to tell.
 */
import type { AnnouncedService } from '../../ports/service-discovery.ts';

export interface EsclAddress {
  readonly origin: string;
  /** Where eSCL begins on the server, without a slash at its end. */
  readonly root: string;
}

/** Source: eSCL, `rs` is "eSCL" on nearly every device. */
const DEFAULT_ROOT = '/eSCL';
/** A root that a path can be built on as it is. */
const ROOT = /^\/?([\w-]{1,32}(?:\/[\w-]{1,32}){0,3})\/?$/;

/** ipp-usb serves each USB device on the next free port from 60000 (its ipp-usb.conf). */
const IPP_USB_PORTS = Array.from({ length: 8 }, (_, index) => 60_000 + index);

export const manualAddress = (origin: string): EsclAddress => ({ origin, root: DEFAULT_ROOT });

export const ippUsbAddresses = (): EsclAddress[] =>
  IPP_USB_PORTS.map((port) => manualAddress(`http://127.0.0.1:${port}`));

/** Addresses of announcements; one without a usable address or port is left out. */
export const announcedAddresses = (services: readonly AnnouncedService[]): EsclAddress[] =>
  services.flatMap(({ address, port, txt, isSecure }) => {
    const url = URL.parse(`${isSecure ? 'https' : 'http'}://${address}:${port}`);
    if (address === null || url === null) return [];
    const [, root] = ROOT.exec(txt['rs'] ?? '') ?? [];
    return [{ origin: url.origin, root: root === undefined ? DEFAULT_ROOT : `/${root}` }];
  });
