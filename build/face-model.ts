/**
 * Writes renderer/vision/face/model/blazeface.bin: `node build/face-model.ts FOLDER`, where FOLDER holds
 * blazeface.json and blazeface.bin of the package that the NOTICE beside the model names. The weights
 * are the same numbers, put in the order in which the network reads them, without the graph.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const TARGET = fileURLToPath(
  new URL('../renderer/vision/face/model/blazeface.bin', import.meta.url),
);

const graph = z.object({
  modelTopology: z.object({
    node: z.array(
      z.object({ name: z.string(), op: z.string(), input: z.array(z.string()).default([]) }),
    ),
  }),
  weightsManifest: z.tuple([
    z.object({ weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()) })) }),
  ]),
});

/** In the graph the four heads come in another order than the network reads them. */
const HEADS = [33, 35, 34, 36].map((number) => `conv2d_${number}/BiasAdd`);

const ordered = (folder: string): Uint8Array => {
  const { modelTopology, weightsManifest } = graph.parse(
    JSON.parse(readFileSync(join(folder, 'blazeface.json'), 'utf8')),
  );
  const bytes = readFileSync(join(folder, 'blazeface.bin'));
  const weights = new Map<string, Uint8Array>();
  let offset = 0;
  for (const { name, shape } of weightsManifest[0].weights) {
    const length = 4 * shape.reduce((product, size) => product * size, 1);
    weights.set(name, bytes.subarray(offset, offset + length));
    offset += length;
  }
  const layers = modelTopology.node.filter(({ op }) => /Conv2[dD]/.test(op));
  const isHead = (name: string): boolean => HEADS.some((head) => name.endsWith(`/${head}`));
  const heads = HEADS.flatMap((head) => layers.filter(({ name }) => name.endsWith(`/${head}`)));
  const trunk = layers.filter(({ name }) => !isHead(name));
  return Buffer.concat(
    [...trunk, ...heads].flatMap(({ input }) =>
      input.slice(1).map((name) => weights.get(name) ?? new Uint8Array()),
    ),
  );
};

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node build/face-model.ts FOLDER');
const model = ordered(folder);
writeFileSync(TARGET, model);
console.log(`${model.length} bytes, SHA-256 ${createHash('sha256').update(model).digest('hex')}`);
