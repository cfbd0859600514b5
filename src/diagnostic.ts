/** A finding in outside data: what was wrong and where. Never thrown. */
export interface Diagnostic {
  /** Stable name of the kind of finding, such as `unknown-register`. */
  readonly code: string;
  /** Whether the value could be kept (`warning`) or had to be left out (`error`). */
  readonly severity: 'error' | 'warning' | 'note';
  /** The place: a path such as `cpus[0].registers.ID_AA64ISAR0_EL1`, or `line 3, column 7`. */
  readonly where: string;
  /** One sentence: what was found, what was expected, and the nearest valid name if there is one. */
  readonly message: string;
}

/** What could be read from outside text, with the findings. */
export interface Parsed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
