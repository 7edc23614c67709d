import { describe, expect, it } from 'vitest';
import type { FittedPicture } from '../../../../main/capture/image-pipeline.ts';
import { SessionPictures } from '../../../../main/capture/session-pictures.ts';

const picture = (isTakenAsIs: boolean): FittedPicture => ({
  jpeg: new Uint8Array(4),
  widthPx: 1280,
  heightPx: 720,
  quality: 90,
  warnings: isTakenAsIs ? ['GREYSCALE', 'TAKEN_AS_IS'] : ['GREYSCALE'],
});

describe('SessionPictures', () => {
  it('knows which were taken as they are, until another takes their place', () => {
    const pictures = new SessionPictures();
    pictures.put('FRONT', '1', 'camera', picture(true));
    pictures.put('FACE', '2', 'camera', picture(false));
    expect(pictures.warnedOf('TAKEN_AS_IS')).toEqual(['FRONT']);
    pictures.put('FRONT', '3', 'camera', picture(false));
    expect(pictures.warnedOf('TAKEN_AS_IS')).toEqual([]);
  });
});
