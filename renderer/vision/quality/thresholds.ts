/** The one table of what is good enough, with where each line comes from. */

/** A closed range that a measure has to lie in. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Every measure has a name that says its unit. */
export const THRESHOLDS = {
  /**
   * Standard deviation of the edge spread in thousandths of the document's longer side. Measured on
   * photographs and flatbed scans: sharp ones ≤ 2.3, blurred by σ ≥ 3 px at 1280 px ≥ 4.6; between
   * them lie 0.27 mm on a card.
   */
  edgeSpreadPermille: { least: 0, most: 3.2 },
  /**
   * Share of the document under blobs of clipped white wider than a line of text, against its own
   * paper. Measured on photographs: glare ≥ 0.037, white cards ≤ 0.008. Smile ID allows 5 to 18 % of
   * any saturated pixels.
   */
  glareShare: { least: 0, most: 0.014 },
  /** Mean luma of 255. Scanbot and Yoti: 50…215 of the frame; white paper alone has up to 247. */
  lightMean: { least: 50, most: 250 },
  /** Longer side of the bounding box over that of the frame. Smile ID: 65…95 % of a guide of 86 %. */
  fillShare: { least: 0.5, most: 0.97 },
  /** Least distance of a corner from the border of the frame, share of its diagonal. Own: 6 px at 720p. */
  marginShare: { least: 0.004, most: 1 },
  /** Largest difference of a corner from a right angle. Smile ID and Daon: angles of 75…105°. */
  tiltDeg: { least: 0, most: 15 },
  /** Pixels per inch on the document. ComplyCube and BlinkID: 150 needed, 300 wanted. */
  resolutionDpi: { least: 150, most: Infinity },
  /**
   * Mean difference between the strongest and weakest colour of 255; below it the document may be a
   * grey copy. A hint alone: some documents are grey. Measured: colour prints ≥ 12, grey frames ≤ 2.
   */
  colourfulness: { least: 5, most: 255 },
} as const satisfies Readonly<Record<string, Range>>;

export type MeasureName = keyof typeof THRESHOLDS;
