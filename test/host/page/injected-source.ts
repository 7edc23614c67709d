/** Puts the injected functions together into the two scripts Chromium runs at document start. */
import { bridgeEndpoint } from '../injected/bridge-endpoint.ts';
import { askHost } from '../injected/ask-host.ts';
import { isolatedWorld, type IsolatedWorldConfig } from '../injected/isolated-world.ts';
import { mainWorld } from '../injected/main-world.ts';
import { wireCodec } from '../injected/wire-codec.ts';

/** Name of the world the preload runs in; Chromium gives each frame its own. */
export const PRELOAD_WORLD = 'ElectronPreload';
export const BINDING_NAME = '__electronHostBinding';
export const DELIVER_NAME = '__electronHostDeliver';

/**
 * Measured: 5 MB over the binding take about 0.3 s in chunks of 64 Ki characters and 1.1 s as one
 * message.
 */
const CHUNK_CHARS = 65_536;

/** Path of the page's origin that only the host answers. */
export const QUESTION_PATH = '/.electron-host/ask';

/** Base64 as the page's engine has it; Node 24 does not yet. */
const BROWSER_BASE64 = `{
  encode: (bytes) => bytes.toBase64(),
  decode: (text) => Uint8Array.fromBase64(text),
}`;

/** @param token unguessable name of the event that joins the two worlds of one window */
export const mainWorldSource = (token: string): string =>
  `(${mainWorld.toString()})(${bridgeEndpoint.toString()}, ${JSON.stringify(token)});`;

/** @param preload source text of the preload, '' without one */
export const isolatedWorldSource = (token: string, preload: string): string => {
  const config: IsolatedWorldConfig = {
    bindingName: BINDING_NAME,
    deliverName: DELIVER_NAME,
    token,
    chunkChars: CHUNK_CHARS,
    platform: process.platform,
    versions: {
      node: process.versions.node,
      chrome: process.versions['chrome'] ?? '',
      electron: process.versions['electron'] ?? '',
    },
  };
  return `(${askHost.toString()})(${JSON.stringify(QUESTION_PATH)});
(${isolatedWorld.toString()})(
  ${JSON.stringify(config)},
  (${wireCodec.toString()})(${BROWSER_BASE64}),
  ${bridgeEndpoint.toString()},
  function (require, module, exports, process) {
${preload}
  },
);`;
};
