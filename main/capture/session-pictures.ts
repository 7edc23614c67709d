/** The pictures of one session, in memory alone. Each is overwritten as soon as it is no longer needed. */
import {
  CAPTURE_STEPS,
  type CaptureSource,
  type CaptureStep,
  type PictureSummary,
  type PictureWarning,
} from '../../preload/contract/vocabulary.ts';
import type { FittedPicture } from './image-pipeline.ts';

interface StoredPicture {
  readonly summary: PictureSummary;
  readonly jpeg: Uint8Array;
}

export class SessionPictures {
  readonly #pictures = new Map<CaptureStep, StoredPicture>();

  /** Keeps a picture in place of an earlier one of the same step. */
  put(
    step: CaptureStep,
    pictureId: string,
    source: CaptureSource,
    picture: FittedPicture,
  ): PictureSummary {
    this.drop(step);
    const summary: PictureSummary = {
      pictureId,
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
      sizeBytes: picture.jpeg.byteLength,
      source,
      warnings: [...picture.warnings],
    };
    this.#pictures.set(step, { summary, jpeg: picture.jpeg });
    return summary;
  }

  has(step: CaptureStep): boolean {
    return this.#pictures.has(step);
  }

  summary(step: CaptureStep): PictureSummary | null {
    return this.#pictures.get(step)?.summary ?? null;
  }

  /** Steps whose picture has this warning. */
  warnedOf(warning: PictureWarning): CaptureStep[] {
    return CAPTURE_STEPS.filter((step) => this.summary(step)?.warnings.includes(warning) === true);
  }

  /** The very bytes, overwritten with the session. */
  read(pictureId: string): Uint8Array | null {
    for (const { summary, jpeg } of this.#pictures.values())
      if (summary.pictureId === pictureId) return jpeg;
    return null;
  }

  /** The very bytes of all. */
  jpegs(): Partial<Record<CaptureStep, Uint8Array>> {
    const jpegs: Partial<Record<CaptureStep, Uint8Array>> = {};
    for (const [step, { jpeg }] of this.#pictures) jpegs[step] = jpeg;
    return jpegs;
  }

  // SECURITY: SEC-22
  drop(step: CaptureStep): void {
    this.#pictures.get(step)?.jpeg.fill(0);
    this.#pictures.delete(step);
  }

  dropAll(): void {
    for (const step of CAPTURE_STEPS) this.drop(step);
  }
}
