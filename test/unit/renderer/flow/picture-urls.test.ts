/** Blob URLs and the bytes behind them. */
import { resolveObjectURL } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { createPictureUrls } from '../../../../renderer/flow/picture-urls.ts';

describe('SEC-22 picture URLs', () => {
  it('show the picture and overwrite the bytes they were made of', async () => {
    const urls = createPictureUrls();
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);
    const blob = resolveObjectURL(urls.open(jpeg));
    expect(blob?.type).toBe('image/jpeg');
    expect(new Uint8Array((await blob?.arrayBuffer()) ?? [])).toEqual(
      new Uint8Array([0xff, 0xd8, 0xff]),
    );
    expect(jpeg).toEqual(new Uint8Array(3));
    urls.revokeAll();
  });

  it('show nothing any more once all are revoked', () => {
    const urls = createPictureUrls();
    const opened = [urls.open(new Uint8Array([1])), urls.open(new Uint8Array([2]))];
    urls.revokeAll();
    for (const url of opened) expect(resolveObjectURL(url)).toBeUndefined();
  });
});
