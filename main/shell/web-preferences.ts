/** The renderer's cage. Frozen: a test compares it whole, so that nobody loosens one line unseen. */
// SECURITY: SEC-01
import type { WebPreferences } from 'electron';

export const RENDERER_PREFERENCES = Object.freeze({
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  plugins: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  // SECURITY: SEC-13
  devTools: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
  enableWebSQL: false,
  spellcheck: false,
  backgroundThrottling: false,
  images: true,
  javascript: true,
} satisfies WebPreferences);
