/** How a bank moves the lines of what is good enough in a picture: each alone, the others stay. */
import { z } from 'zod';
import {
  DOCUMENT_MEASURES,
  FACE_MEASURES,
  QUALITY_LIMITS,
  type Range,
} from '../../preload/contract/quality-limits.ts';

/** One measure: either end may be moved. */
const movedRange = z.strictObject({ least: z.number(), most: z.number() }).partial();

/** All measures of one kind of picture; each range must stay one. */
const limitsOf = <Measure extends string>(
  measures: readonly [Measure, ...Measure[]],
  shipped: Readonly<Record<Measure, Range>>,
) =>
  z
    .partialRecord(z.enum(measures), movedRange)
    .default({})
    .transform((moved) => {
      const limits: Record<Measure, Range> = { ...shipped };
      for (const name of measures) {
        const { least, most } = shipped[name];
        limits[name] = { least: moved[name]?.least ?? least, most: moved[name]?.most ?? most };
      }
      return limits;
    })
    .refine((limits) => measures.every((name) => limits[name].least <= limits[name].most));

/** `quality` of the policy file. */
export const qualityPolicy = z
  .strictObject({
    document: limitsOf(DOCUMENT_MEASURES, QUALITY_LIMITS.document),
    face: limitsOf(FACE_MEASURES, QUALITY_LIMITS.face),
  })
  .prefault({});
