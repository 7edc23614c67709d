/** Reads the face network from its file, as the app does from its own. */
import { readFile } from 'node:fs/promises';
import { readNetwork, type FaceNetwork } from '../../renderer/vision/face/network.ts';

const MODEL = new URL('../../renderer/vision/face/model/blazeface.bin', import.meta.url);

/** Throws where the file is not the network's. */
export const loadFaceNetwork = async (): Promise<FaceNetwork> => {
  const network = readNetwork(new Uint8Array(await readFile(MODEL)).buffer);
  if (network === null) throw new Error('blazeface.bin is not the network that is expected');
  return network;
};
