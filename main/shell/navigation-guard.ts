/** Keeps a page where it is: no navigation, no frames, no new windows, no webviews, no zoom. */
import type { WebContents } from 'electron';

interface Preventable {
  preventDefault(): void;
}

const prevent = (event: Preventable): void => {
  event.preventDefault();
};

/** Applies to every web contents that comes to be, also ones nobody meant to make. */
export const guardNavigation = (contents: WebContents): void => {
  // SECURITY: SEC-02
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  // SECURITY: SEC-03
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: SEC-15
  contents.on('zoom-changed', () => {
    contents.setZoomFactor(1);
  });
  contents.on('did-finish-load', () => {
    void contents.setVisualZoomLevelLimits(1, 1);
  });
};
