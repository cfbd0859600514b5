/** Why a recording could not be made: what was given cannot be used, or the work itself failed. */
export class RecorderFault extends Error {
  override readonly name = 'RecorderFault';
  readonly kind: 'input' | 'work';
  constructor(kind: 'input' | 'work', message: string) {
    super(message);
    this.kind = kind;
  }
}
