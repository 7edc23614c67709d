/** `brand` of the policy file. Whether its colours can be read: brand-colours.ts. */
import { z } from 'zod';
import { isColour, type Colour } from './colour.ts';
import { absolutePath } from './policy-values.ts';

/** Own decision: fits the header of the narrowest screen on two lines. */
const NAME_MAX_CHARS = 80;

/** How the bank looks. The colours come together or not at all: one is read on the other. */
export const brandPolicy = z
  .strictObject({
    name: z.string().min(1).max(NAME_MAX_CHARS).default('Mark ID'),
    /** A PNG or WebP, drawn for a white ground; null: the name alone. */
    logoFile: absolutePath.nullable().default(null),
    /** Null: the shipped ones. */
    colours: z
      .strictObject({
        accent: z.custom<Colour>(isColour),
        onAccent: z.custom<Colour>(isColour).default('#ffffff'),
      })
      .nullable()
      .default(null),
  })
  .prefault({});
