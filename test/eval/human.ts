/**
 * Owns the peer that finds faces: @vladmandic/human with its own defaults, but for the number of faces
 * it may find. Development alone: it never reaches the product.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Raster } from '../../renderer/vision/raster.ts';

/** The part of it that is used. */
interface Human {
  readonly tf: {
    tensor(values: Float32Array, shape: readonly number[], type: 'float32'): { dispose(): void };
  };
  load(): Promise<void>;
  detect(image: object): Promise<{ readonly face: readonly unknown[] }>;
}

/** Its default of one face could not be counted. */
const MOST_FACES = 20;

const OFF = { enabled: false };

/** It asks the network for its files, even for those that lie beside it. */
const withFilesFetched = async (act: () => Promise<void>): Promise<void> => {
  const { fetch } = globalThis;
  globalThis.fetch = async (url) =>
    new Response(await readFile(new URL(url instanceof Request ? url.url : url)));
  try {
    await act();
  } finally {
    globalThis.fetch = fetch;
  }
};

/** Loads it on WebAssembly, which is its fastest without a graphics card; resolves with a counter. */
export const loadHuman = async (): Promise<(frame: Raster) => Promise<number>> => {
  const require = createRequire(import.meta.url);
  const build = require.resolve('@vladmandic/human');
  const { Human } = require(join(dirname(build), 'human.node-wasm.js')) as {
    Human: new (config: object) => Human;
  };
  const human = new Human({
    backend: 'wasm',
    debug: false,
    wasmPath: `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`,
    modelBasePath: new URL('../models/', `file://${build}`).href,
    cacheSensitivity: 0,
    filter: OFF,
    face: {
      enabled: true,
      detector: { maxDetected: MOST_FACES },
      mesh: OFF,
      iris: OFF,
      emotion: OFF,
      description: OFF,
    },
    body: OFF,
    hand: OFF,
    gesture: OFF,
  });
  await withFilesFetched(() => human.load());
  return async ({ widthPx, heightPx, data }) => {
    const rgb = new Float32Array(widthPx * heightPx * 3);
    for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1)
      for (let channel = 0; channel < 3; channel += 1)
        rgb[pixel * 3 + channel] = data[pixel * 4 + channel] ?? 0;
    const tensor = human.tf.tensor(rgb, [1, heightPx, widthPx, 3], 'float32');
    const { face } = await human.detect(tensor);
    tensor.dispose();
    return face.length;
  };
};
