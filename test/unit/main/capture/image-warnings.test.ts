/** Which doubts a picture gives rise to. */
import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../../../main/capture/image-warnings.ts';
import { paint, type Rgb, solid } from '../../../support/pictures.ts';

const GOOD = { widthPx: 1400, heightPx: 1000 };

/** A colourful picture whose luma is `luma` everywhere (ITU-R BT.601). */
const coloured = (luma: number): Rgb => [luma + 20, luma - 20 * (0.299 / 0.587), luma];

describe('warningsOf', () => {
  it('has no doubt about a colourful, well-lit picture of 1000 lines', () => {
    expect(warningsOf(solid(GOOD, coloured(130)), 'camera')).toEqual([]);
  });

  it('finds 999 lines few, whichever way the picture is turned', () => {
    const low = solid({ widthPx: 1400, heightPx: 999 }, coloured(130));
    const turned = solid({ widthPx: 999, heightPx: 1400 }, coloured(130));
    expect(warningsOf(low, 'camera')).toEqual(['LOW_RESOLUTION']);
    expect(warningsOf(turned, 'scanner')).toEqual(['LOW_RESOLUTION']);
  });

  it('finds a picture grey when its channels differ by rounding alone', () => {
    const grey = paint(GOOD, (x) => [100 + (x % 5), 102, 104 - (x % 3)]);
    expect(warningsOf(grey, 'camera')).toEqual(['GREYSCALE']);
  });

  it('does not find a grey page with a coloured stamp of half a per cent grey', () => {
    const stamped = paint(GOOD, (x, y) => (x < 100 && y < 70 ? [180, 60, 60] : [130, 130, 130]));
    expect(warningsOf(stamped, 'scanner')).toEqual([]);
  });

  it.each([
    [45, ['TOO_DARK']],
    [52, []],
    [213, []],
    [218, ['TOO_BRIGHT']],
  ])('judges a camera picture of mean luma %i as %j', (luma, wanted) => {
    expect(warningsOf(solid(GOOD, coloured(luma)), 'camera')).toEqual(wanted);
  });

  it('finds a white scanned page right and a black one too dark', () => {
    expect(warningsOf(solid(GOOD, [250, 250, 230]), 'scanner')).toEqual([]);
    expect(warningsOf(solid(GOOD, [40, 10, 10]), 'scanner')).toEqual(['TOO_DARK']);
  });

  it('names every doubt there is', () => {
    const doubtful = solid({ widthPx: 640, heightPx: 480 }, [10, 10, 10]);
    expect(warningsOf(doubtful, 'camera')).toEqual(['LOW_RESOLUTION', 'GREYSCALE', 'TOO_DARK']);
  });
});
