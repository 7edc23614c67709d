/** Who works in the operator's room. */

/** From least to most: each role may do what those before it may. */
export const ROLES = ['operator', 'supervisor', 'administrator'] as const;
