/**
 * The only owner of blob URLs: made for the review screen, revoked when it is left.
 * Must never keep the bytes themselves, nor a URL of a customer who has gone.
 */
// SECURITY: SEC-22

/** Makes and revokes the URLs under which the review screen shows pictures. */
export interface PictureUrls {
  /** A `blob:` URL of the JPEG. Copies the bytes and overwrites the caller's with zeros. */
  open(jpeg: Uint8Array): string;
  /** Revokes every URL that `open` made. */
  revokeAll(): void;
}

/** URLs of this page. */
export const createPictureUrls = (): PictureUrls => {
  const opened = new Set<string>();
  return {
    open: (jpeg) => {
      const copy = jpeg.slice();
      const url = URL.createObjectURL(new Blob([copy], { type: 'image/jpeg' }));
      copy.fill(0);
      jpeg.fill(0);
      opened.add(url);
      return url;
    },
    revokeAll: () => {
      for (const url of opened) URL.revokeObjectURL(url);
      opened.clear();
    },
  };
};
