import { expect, it } from 'vitest';
import { RENDERER_PREFERENCES } from '../../../../main/shell/web-preferences.ts';

it('SEC-01 keeps the renderer sandboxed and isolated, with every loosening off', () => {
  expect(Object.isFrozen(RENDERER_PREFERENCES)).toBe(true);
  expect(RENDERER_PREFERENCES).toEqual({
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
    devTools: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    disableDialogs: true,
    enableWebSQL: false,
    spellcheck: false,
    backgroundThrottling: false,
    images: true,
    javascript: true,
  });
});
