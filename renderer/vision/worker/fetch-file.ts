/** Reads files of the app itself: models and WebAssembly. */

/** The bytes of a bundled file. Rejects where it is not there. */
export const fetchFile = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error('A file of the app is not there.');
  return response.arrayBuffer();
};
