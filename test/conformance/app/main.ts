/** An app without a window that does nothing but lend its network stack to the conformance suite. */
import { app } from 'electron';
import { createNetTransport } from '../../../main/shell/net-transport.ts';
import { applySwitches } from '../../../main/shell/switches.ts';
import { createWireEnd, type WireEnd } from '../wire-end.ts';

// What the product sets for Chromium's network stack holds for its transport.
applySwitches(process.argv);

const end = createWireEnd(createNetTransport);
const wireEnd: WireEnd = {
  send: async (id, request) => {
    await app.whenReady();
    return end.send(id, request);
  },
  abort: (id) => end.abort(id),
};
/** Read by ElectronApplication.evaluate. */
Object.assign(globalThis, { wireEnd });
