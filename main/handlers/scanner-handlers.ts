/** The scanner's channels → scanners, and the pages of the session. */
import type { ChannelHandlers } from '../../preload/contract/channels.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { ScannerList, ScanProgress } from '../../preload/contract/scanner-channels.ts';
import { PageScan } from '../capture/page/page-scan.ts';
import { storeCuts } from '../capture/page/store-cuts.ts';
import type { ScannerService } from '../devices/scanner-service.ts';
import type { Kiosk } from '../kiosk.ts';

type ScannerChannel = Extract<keyof ChannelHandlers, `scanner:${string}`>;

/** What a screen may know of the scanners. */
export const describeScanners = (service: ScannerService): ScannerList => {
  const { scanners, isSearching, code } = service.scanners();
  return {
    scanners: scanners.map(({ id, kind, name }) => ({ scannerId: id, kind, name })),
    isSearching,
    code,
  };
};

export const scannerHandlers = (
  kiosk: Kiosk,
  onProgress: (progress: ScanProgress) => void,
): Pick<ChannelHandlers, ScannerChannel> => {
  const scan = new PageScan(onProgress);
  let stopWatching: (() => void) | null = null;

  return {
    'scanner:watch-scanners': ({ isWatched }) => {
      const service = kiosk.scanners;
      stopWatching?.();
      stopWatching = null;
      if (service === null) return fail('NOT_IN_SERVICE');
      if (isWatched) stopWatching = service.watch();
      return ok(describeScanners(service));
    },
    'scanner:get-sources': async ({ scannerId }) => {
      const service = kiosk.scanners;
      if (service === null) return fail('NOT_IN_SERVICE');
      const offered = await service.capabilities(scannerId);
      return offered.ok
        ? ok({ sources: offered.value.sources.map(({ source }) => source) })
        : offered;
    },
    'scanner:remember-scanner': ({ scanner }) => kiosk.rememberDevice({ scanner }),
    'scanner:scan-pages': async (request) => {
      const service = kiosk.scanners;
      if (service === null) return fail('NOT_IN_SERVICE');
      if (kiosk.session.view().state !== 'capturing') return fail('NO_SESSION');
      return ok(await scan.run(service, kiosk.session.pages, request));
    },
    'scanner:cancel-scan': () => {
      scan.cancel();
      return ok(null);
    },
    'scanner:get-pages': () => ok({ pages: kiosk.session.pages.views() }),
    'scanner:read-page': ({ pageId }) => {
      const bytes = kiosk.session.pages.preview(pageId);
      return bytes === null ? fail('PICTURE_MISSING') : ok({ bytes });
    },
    'scanner:store-cuts': ({ cuts }) => storeCuts(kiosk.session, cuts),
  };
};
