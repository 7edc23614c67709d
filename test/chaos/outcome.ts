/** What a chaos run found. */
export interface ChaosOutcome {
  /** For the last line; names carry their unit. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** False where something was lost, torn or sent twice, or where the run proved nothing. */
  readonly isGood: boolean;
}
