const VALUE = /^(?:[ymn]|-?\d{1,20}|0x[0-9a-f]{1,16}|".*")$/i;

/** Whether a text is what an option of a kernel can be: `y`, `m`, `n`, a number, or a text in quotes. */
export function isOptionValue(text: string): boolean {
  return VALUE.test(text);
}
