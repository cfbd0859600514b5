// Generated from spec-data/linux/{hwcaps,sanitised,cpucaps} by `npm run gen`. Do not edit.
/** The row of the boot CPU. That it is a constant of the module saves a check at each word. */
export const BOOT: Int32Array = new Int32Array(88);

/** Whether the row that begins at a word of 32 bits is that of the boot CPU. */
export function isBootRow(rows: Int32Array, at: number): boolean {
  if (((BOOT[0]! ^ rows[at + 0]!) | (BOOT[1]! ^ rows[at + 1]!) | (BOOT[2]! ^ rows[at + 2]!) | (BOOT[3]! ^ rows[at + 3]!) | (BOOT[4]! ^ rows[at + 4]!) | (BOOT[5]! ^ rows[at + 5]!) | (BOOT[6]! ^ rows[at + 6]!) | (BOOT[7]! ^ rows[at + 7]!)) !== 0) return false;
  if (((BOOT[8]! ^ rows[at + 8]!) | (BOOT[9]! ^ rows[at + 9]!) | (BOOT[10]! ^ rows[at + 10]!) | (BOOT[11]! ^ rows[at + 11]!) | (BOOT[12]! ^ rows[at + 12]!) | (BOOT[13]! ^ rows[at + 13]!) | (BOOT[14]! ^ rows[at + 14]!) | (BOOT[15]! ^ rows[at + 15]!)) !== 0) return false;
  if (((BOOT[16]! ^ rows[at + 16]!) | (BOOT[17]! ^ rows[at + 17]!) | (BOOT[18]! ^ rows[at + 18]!) | (BOOT[19]! ^ rows[at + 19]!) | (BOOT[20]! ^ rows[at + 20]!) | (BOOT[21]! ^ rows[at + 21]!) | (BOOT[22]! ^ rows[at + 22]!) | (BOOT[23]! ^ rows[at + 23]!)) !== 0) return false;
  if (((BOOT[24]! ^ rows[at + 24]!) | (BOOT[25]! ^ rows[at + 25]!) | (BOOT[26]! ^ rows[at + 26]!) | (BOOT[27]! ^ rows[at + 27]!) | (BOOT[28]! ^ rows[at + 28]!) | (BOOT[29]! ^ rows[at + 29]!) | (BOOT[30]! ^ rows[at + 30]!) | (BOOT[31]! ^ rows[at + 31]!)) !== 0) return false;
  if (((BOOT[32]! ^ rows[at + 32]!) | (BOOT[33]! ^ rows[at + 33]!) | (BOOT[34]! ^ rows[at + 34]!) | (BOOT[35]! ^ rows[at + 35]!) | (BOOT[36]! ^ rows[at + 36]!) | (BOOT[37]! ^ rows[at + 37]!) | (BOOT[38]! ^ rows[at + 38]!) | (BOOT[39]! ^ rows[at + 39]!)) !== 0) return false;
  if (((BOOT[40]! ^ rows[at + 40]!) | (BOOT[41]! ^ rows[at + 41]!) | (BOOT[42]! ^ rows[at + 42]!) | (BOOT[43]! ^ rows[at + 43]!) | (BOOT[44]! ^ rows[at + 44]!) | (BOOT[45]! ^ rows[at + 45]!) | (BOOT[46]! ^ rows[at + 46]!) | (BOOT[47]! ^ rows[at + 47]!)) !== 0) return false;
  if (((BOOT[48]! ^ rows[at + 48]!) | (BOOT[49]! ^ rows[at + 49]!) | (BOOT[50]! ^ rows[at + 50]!) | (BOOT[51]! ^ rows[at + 51]!) | (BOOT[52]! ^ rows[at + 52]!) | (BOOT[53]! ^ rows[at + 53]!) | (BOOT[54]! ^ rows[at + 54]!) | (BOOT[55]! ^ rows[at + 55]!)) !== 0) return false;
  if (((BOOT[56]! ^ rows[at + 56]!) | (BOOT[57]! ^ rows[at + 57]!) | (BOOT[58]! ^ rows[at + 58]!) | (BOOT[59]! ^ rows[at + 59]!) | (BOOT[60]! ^ rows[at + 60]!) | (BOOT[61]! ^ rows[at + 61]!) | (BOOT[62]! ^ rows[at + 62]!) | (BOOT[63]! ^ rows[at + 63]!)) !== 0) return false;
  if (((BOOT[64]! ^ rows[at + 64]!) | (BOOT[65]! ^ rows[at + 65]!) | (BOOT[66]! ^ rows[at + 66]!) | (BOOT[67]! ^ rows[at + 67]!) | (BOOT[68]! ^ rows[at + 68]!) | (BOOT[69]! ^ rows[at + 69]!) | (BOOT[70]! ^ rows[at + 70]!) | (BOOT[71]! ^ rows[at + 71]!)) !== 0) return false;
  if (((BOOT[72]! ^ rows[at + 72]!) | (BOOT[73]! ^ rows[at + 73]!) | (BOOT[74]! ^ rows[at + 74]!) | (BOOT[75]! ^ rows[at + 75]!) | (BOOT[76]! ^ rows[at + 76]!) | (BOOT[77]! ^ rows[at + 77]!) | (BOOT[78]! ^ rows[at + 78]!) | (BOOT[79]! ^ rows[at + 79]!)) !== 0) return false;
  if (((BOOT[80]! ^ rows[at + 80]!) | (BOOT[81]! ^ rows[at + 81]!) | (BOOT[82]! ^ rows[at + 82]!) | (BOOT[83]! ^ rows[at + 83]!) | (BOOT[84]! ^ rows[at + 84]!) | (BOOT[85]! ^ rows[at + 85]!) | (BOOT[86]! ^ rows[at + 86]!) | (BOOT[87]! ^ rows[at + 87]!)) !== 0) return false;
  return true;
}
