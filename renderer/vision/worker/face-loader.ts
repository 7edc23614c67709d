/** Brings the face network into the worker when the first face is asked for, and keeps it. */
// oxlint-disable-next-line import/default -- The bundler makes it.
import modelUrl from '../face/model/blazeface.bin?url';
import { readNetwork, type FaceNetwork } from '../face/network.ts';
import { FaceObserver } from './face-observer.ts';

let network: FaceNetwork | null = null;

/** A new observer. Rejects where the network is not there: the app is not whole then. */
export const createFaceObserver = async (): Promise<FaceObserver> => {
  if (network === null) {
    const response = await fetch(modelUrl);
    network = response.ok ? readNetwork(await response.arrayBuffer()) : null;
  }
  if (network === null) throw new Error('The face network is not there.');
  return new FaceObserver(network);
};
