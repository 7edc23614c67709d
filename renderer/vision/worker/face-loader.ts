/** Brings the face network into the worker when the first face is asked for, and keeps it. */
import type { FaceLimits } from '../../../preload/contract/quality-limits.ts';
// oxlint-disable-next-line import/default -- The bundler makes it.
import modelUrl from '../face/model/blazeface.bin?url';
import { readNetwork, type FaceNetwork } from '../face/network.ts';
import { FaceObserver } from './face-observer.ts';
import { fetchFile } from './fetch-file.ts';

let network: FaceNetwork | null = null;

/** Rejects where the network is not there: the app is not whole then. */
export const loadFaceNetwork = async (): Promise<FaceNetwork> => {
  network ??= readNetwork(await fetchFile(modelUrl));
  if (network === null) throw new Error('The face network is not whole.');
  return network;
};

/** A new observer. Rejects as loadFaceNetwork does. */
export const createFaceObserver = async (limits: FaceLimits): Promise<FaceObserver> =>
  new FaceObserver(await loadFaceNetwork(), limits);
