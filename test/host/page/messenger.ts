/** Carries messages between the host and a page's preload world, in chunks. Knows no channel. */
import { ignoreGone, type CdpSession } from '../cdp.ts';
import { wireCodec } from '../injected/wire-codec.ts';
import type { FromRenderer, ToRenderer } from '../injected/isolated-world.ts';
import { BINDING_NAME, DELIVER_NAME } from './injected-source.ts';

const CHUNK_CHARS = 262_144;

const codec = wireCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
  // A copy: a Buffer shares its memory with others, a cloned value never does.
  decode: (text) => Uint8Array.from(Buffer.from(text, 'base64')),
});

/** Calls `onMessage` for each whole message; `contextId` is the world that sent it. */
export const listenToRenderer = (
  session: CdpSession,
  onMessage: (message: FromRenderer, contextId: number) => void,
): void => {
  const partsByMessage = new Map<string, string[]>();
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    const head = /^(\d+):(\d+):/.exec(payload);
    if (name !== BINDING_NAME || head === null) return;
    const key = `${executionContextId}:${head[1]}`;
    const parts = partsByMessage.get(key) ?? [];
    parts.push(payload.slice(head[0].length));
    partsByMessage.set(key, parts);
    if (head[2] !== '0') return;
    partsByMessage.delete(key);
    onMessage(codec.decode(parts.join('')) as FromRenderer, executionContextId);
  });
};

/** Delivers to one world. Lost without a word when the world is gone, as in Electron. */
export const sendToRenderer = (
  session: CdpSession,
  contextId: number,
  message: ToRenderer,
): void => {
  const text = codec.encode(message);
  for (let start = 0; start < text.length; start += CHUNK_CHARS) {
    const end = start + CHUNK_CHARS;
    session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (part, isLast) { ${DELIVER_NAME}(part, isLast); }`,
        executionContextId: contextId,
        arguments: [{ value: text.slice(start, end) }, { value: end >= text.length }],
        silent: true,
      })
      .catch(ignoreGone);
  }
};
