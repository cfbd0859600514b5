/**
 * Text and bytes in and out: what is recorded of a machine is read, what follows is written as the kernel and other tools write it.
 * Outside text never throws: a parser returns what could be read, and diagnostics.
 *
 * @module
 */

export { formatArchFeatureLevels } from './arch-feature-levels.ts';
export { formatAuxv, formatAuxvText, parseAuxv, parseAuxvText } from './auxv.ts';
export { BOOT_PARTS, type BootPart, bootObject, hasBootPart } from './boot-object.ts';
export { formatSuggestion } from './change-words.ts';
export { formatCondition } from './condition.ts';
export { coreName } from './core-name.ts';
export { formatCpuinfo, parseCpuinfo } from './cpuinfo.ts';
export { type CsvRecord, type CsvSeparator, formatCsv, parseCsv } from './csv.ts';
export { type FeaturesLineStyle, formatFeaturesLine, parseFeaturesLine } from './features-line.ts';
export { parseFirecrackerFingerprint } from './firecracker-fingerprint.ts';
export { formatFirecrackerTemplate, parseFirecrackerTemplate } from './firecracker-template.ts';
export { type ParsedGdbRegisters, parseGdbRegisters } from './gdb-registers.ts';
export { formatIdentification } from './identification.ts';
export { type InferenceText, readInferenceText } from './inference-text.ts';
export {
  formatBounds,
  formatCause,
  formatCoreFit,
  formatInferenceVerdict,
  formatLevelBounds,
  formatRange,
} from './inference-words.ts';
export { type AnswerHead, type AnswerSubject, formatAnswer, formatError, type Json, kernelJson, schemaId, toJson } from './json.ts';
export {
  formatKernelConfig,
  type KernelConfigFile,
  type ParsedKernelConfig,
  parseKernelConfig,
  telledOptions,
} from './kernel-config.ts';
export { formatFeatureLog, formatLog } from './kernel-log.ts';
export { KNOWN_CAPTURES, type KnownCapture, loadCapture } from './known-capture.ts';
export { formatKvmOneRegs, type ParsedKvmOneRegs, parseKvmOneRegs } from './kvm-one-reg.ts';
export { type KvmRegister, kvmIdOf, resolveKvmId } from './kvm-register-id.ts';
export type { LineCount } from './line-account.ts';
export { type MacosSysctl, type ParsedMacosSysctl, type PerformanceLevel, parseMacosSysctl } from './macos-sysctl.ts';
export { formatMask, formatMaskJson, parseFieldSetting, parseMask } from './mask.ts';
export { parseQmp, type QemuCpuModel } from './qmp.ts';
export { type ReadMachine, type ReadPiece, type ReadResult, readAny } from './read-any.ts';
export { type CaptureText, type ReadFile, type ReadTexts, readTexts } from './read-texts.ts';
export type { ReadCapture as ReadText, Reader, ReaderHint } from './reader.ts';
export { FORMAT_NAMES, type ReadInput, type Recognition, recogniseFormat } from './readers.ts';
export { type BootRecord, formatRecord, type ParsedRecord, parseRecord, type RecordError, type RecordId } from './record.ts';
export { formatRegisterCsv, parseRegisterCsv } from './register-csv.ts';
export { formatRegisterDump, parseRegisterDump, type RegisterDump } from './register-dump.ts';
export { parseRegisterJson } from './register-json.ts';
export type { RegisterTable } from './register-table.ts';
export { formatRecordError, formatResult, RESULT_FIELDS, type ResultField, resultObject } from './result.ts';
export { formatRowFileHeader, type RowBlock, type RowFileHeader, RowFileReader } from './row-file.ts';
export { PLACE_NAMES, stationLines } from './station-words.ts';
export { sysrootFiles } from './sysroot.ts';
export { formatVerdict } from './verdict.ts';
export {
  formatWindowsRegistry,
  type ParsedWindowsRegistry,
  parseWindowsRegistry,
  type WindowsRegistry,
} from './windows-registry.ts';
