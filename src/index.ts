/**
 * armlens as a library: what software sees of an Arm CPU, and why.
 *
 * The shortest way: {@link loadMachine} or {@link parseRegisterDump} gives a {@link Machine}, {@link boot} makes a {@link System} of
 * it, and the views ({@link cpuinfoView}, {@link el0View}, {@link auxvView}) show what a program sees. The exports stand in the order
 * of the layers, from the ground up.
 *
 * @module
 */

export {
  type AuditedRecord,
  Auditor,
  type AuditSummary,
  type AuditVerdict,
  summariseAudit,
} from './answers/audit.ts';
export {
  type Availability,
  archFeaturesOfMachine,
  hwcapAvailability,
  longTermReleases,
  type Sighting,
  sight,
} from './answers/availability.ts';
export { type Baseline, type BaselineInput, type BaselineMember, type BaselineTargets, baselineOf } from './answers/baseline.ts';
export type { CommandLine } from './answers/baseline-cmdline.ts';
export type { FieldSetting } from './answers/baseline-registers.ts';
export type {
  Capture,
  CapturedArchFeatures,
  CapturedHwcaps,
  CapturedLogLine,
  RegisterDoor,
} from './answers/capture.ts';
export { type Contradiction, checkCapture } from './answers/check-capture.ts';
export {
  type ComparedCause,
  type ComparedEffect,
  type ComparedLevel,
  type ComparedValue,
  type Comparison,
  compareSystems,
  type DifferenceCause,
  EFFECT_KINDS,
  type Effect,
  type EffectKind,
} from './answers/comparison.ts';
export {
  type AddOn,
  type Capture as GuestCapture,
  type DeviceNature,
  type Evidence,
  explainGuest,
  type Finding,
  type FindingTopic,
  type GuestCpu,
  type GuestDevice,
  type GuestDisk,
  type GuestNetwork,
  type GuestReport,
  type GuestVerdict,
  type HypervisorGuess,
  type MissingListing,
} from './answers/guest.ts';
export {
  allCpucaps,
  type CpucapCard,
  type CpucapRow,
  cpucapCard,
  type HidingErratum,
  type HwcapCard,
  hwcapCard,
} from './answers/hwcap-card.ts';
export { type AnyHwcap, allHwcaps, type HwcapFacts, hwcapFacts } from './answers/hwcap-facts.ts';
export { type HwcapTable, type HwcapTableRow, hwcapTable } from './answers/hwcap-table.ts';
export {
  type ArchFeatureBounds,
  type Cause,
  type CoreFit,
  type FeaturesLine,
  type FieldBounds,
  type Inference,
  type InferGiven,
  inferFeatures,
  type LevelBounds,
  type ReleaseRange,
  type ReleaseVerdict,
  type Witness,
} from './answers/infer.ts';
export { type LevelDemand, type LevelReading, levelReadings, type MissingDemand, type NextLevel } from './answers/level.ts';
export { type LevelMatrixRow, type LevelStanding, levelMatrix } from './answers/level-matrix.ts';
export { type LevelOverlay, levelOverlay } from './answers/level-overlay.ts';
export { LEVEL_READINGS, type LevelReadingName } from './answers/level-reading.ts';
export { type CapturedMachine, machineOfCapture } from './answers/machine-of-capture.ts';
export { mergeCaptures, type NamedCapture } from './answers/merge-captures.ts';
export { type RuleSpan, rowTimeline, ruleSpans, type SeriesState, type SeriesUpdate } from './answers/row-timeline.ts';
export { type BuildVerdict, type Runs, type RunsOn, runsOn } from './answers/runs.ts';
export type { Subject } from './answers/subject.ts';
export {
  applyChange,
  applyChanges,
  type Change,
  type CpuGroup,
  type ErratumEffect,
  type Fate,
  findWhySubject,
  type Hint,
  type LayerEffect,
  type MergeStep,
  type OptionState,
  otherMeanings,
  type Scenario,
  type Search,
  type Station,
  type Suggestion,
  type Why,
  type WhyOptions,
  type WhySubject,
  type WordEffect,
  why,
} from './answers/why.ts';
export {
  ALL_ARCH_FEATURES,
  type ArchFeature,
  type ArchFeatureName,
  evaluateArchFeatures,
  findArchFeature,
  implementedArchFeatures,
} from './arch/arch-feature.ts';
export { archFeatureBounds, type FieldBound } from './arch/arch-feature-bounds.ts';
export { type DecodedField, type DecodedRegister, decodeRegister } from './arch/decode.ts';
export {
  decodeMrs,
  encodeMrs,
  encodingOf,
  formatEncoding,
  parseEncoding,
  registerAt,
  type SystemRegisterEncoding,
} from './arch/encoding.ts';
export { ALL_LEVELS, type ArchLevel, type ArchLevelName, findLevel } from './arch/level.ts';
export {
  ALL_REGISTERS,
  type FieldDescriptor,
  type FieldPath,
  type FieldValue,
  type FieldValueRange,
  findField,
  findRegister,
  type RegisterDescriptor,
  type RegisterName,
} from './arch/register.ts';
export { type BitRange, extractField, extractSignedField, insertField, readField, type Sign } from './bits/field.ts';
export { formatHex, parseWord } from './bits/hex.ts';
export type { Diagnostic, Parsed } from './diagnostic.ts';
export { ArmlensError, type ErrorCode } from './errors.ts';
export { formatArchFeatureLevels } from './formats/arch-feature-levels.ts';
export { formatAuxv, formatAuxvText, parseAuxv, parseAuxvText } from './formats/auxv.ts';
export { BOOT_PARTS, type BootPart, bootObject, hasBootPart } from './formats/boot-object.ts';
export { type CaptureText, parseCapture, type ReadCapture, type ReadFile } from './formats/capture.ts';
export { formatSuggestion } from './formats/change-words.ts';
export { formatCondition } from './formats/condition.ts';
export { coreName } from './formats/core-name.ts';
export { formatCpuinfo, parseCpuinfo } from './formats/cpuinfo.ts';
export { type CsvRecord, type CsvSeparator, formatCsv, parseCsv } from './formats/csv.ts';
export { type FeaturesLineStyle, formatFeaturesLine, parseFeaturesLine } from './formats/features-line.ts';
export { parseFirecrackerFingerprint } from './formats/firecracker-fingerprint.ts';
export { formatFirecrackerTemplate, parseFirecrackerTemplate } from './formats/firecracker-template.ts';
export { type ParsedGdbRegisters, parseGdbRegisters } from './formats/gdb-registers.ts';
export { formatIdentification } from './formats/identification.ts';
export { type InferenceText, readInferenceText } from './formats/inference-text.ts';
export {
  formatBounds,
  formatCause,
  formatCoreFit,
  formatInferenceVerdict,
  formatLevelBounds,
  formatRange,
} from './formats/inference-words.ts';
export {
  formatKernelConfig,
  type KernelConfigFile,
  type ParsedKernelConfig,
  parseKernelConfig,
  telledOptions,
} from './formats/kernel-config.ts';
export { formatFeatureLog, formatLog } from './formats/kernel-log.ts';
export { KNOWN_CAPTURES, type KnownCapture, loadCapture } from './formats/known-capture.ts';
export { formatKvmOneRegs, type ParsedKvmOneRegs, parseKvmOneRegs } from './formats/kvm-one-reg.ts';
export { type KvmRegister, kvmIdOf, resolveKvmId } from './formats/kvm-register-id.ts';
export type { LineCount } from './formats/line-account.ts';
export { type MacosSysctl, type ParsedMacosSysctl, type PerformanceLevel, parseMacosSysctl } from './formats/macos-sysctl.ts';
export { formatMask, formatMaskJson, parseFieldSetting, parseMask } from './formats/mask.ts';
export { parseQmp, type QemuCpuModel } from './formats/qmp.ts';
export { type ReadPiece, type ReadResult, readAny } from './formats/read-any.ts';
export type { ReadCapture as ReadText, Reader } from './formats/reader.ts';
export { FORMAT_NAMES, type ReadInput, type Recognition, recogniseFormat } from './formats/readers.ts';
export { type BootRecord, formatRecord, type ParsedRecord, parseRecord, type RecordError, type RecordId } from './formats/record.ts';
export { formatRegisterCsv, parseRegisterCsv } from './formats/register-csv.ts';
export { formatRegisterDump, parseRegisterDump, type RegisterDump } from './formats/register-dump.ts';
export { parseRegisterJson } from './formats/register-json.ts';
export type { RegisterTable } from './formats/register-table.ts';
export { formatRecordError, formatResult, RESULT_FIELDS, type ResultField, resultObject } from './formats/result.ts';
export { formatRowFileHeader, type RowBlock, type RowFileHeader, RowFileReader } from './formats/row-file.ts';
export { PLACE_NAMES, stationLines } from './formats/station-words.ts';
export { sysrootFiles } from './formats/sysroot.ts';
export { formatVerdict } from './formats/verdict.ts';
export {
  formatWindowsRegistry,
  type ParsedWindowsRegistry,
  parseWindowsRegistry,
  type WindowsRegistry,
} from './formats/windows-registry.ts';
export {
  applyGuestLayers,
  type Guest,
  type GuestChange,
  type GuestEffect,
  type GuestLayer,
  guestChange,
} from './hypervisor/guest-layer.ts';
export { type BootObserver, boot } from './linux/boot.ts';
export type { Environment, SmcccAnswers } from './linux/environment.ts';
export type { Kernel, KernelConfig } from './linux/kernel.ts';
export type { LogEvent, LogMessage, LogPhase, LogSource } from './linux/log/log-event.ts';
export { type LogLevel, logLevel } from './linux/log/log-level.ts';
export { CONFIG_NAMES } from './linux/release/config.ts';
export { findHwcap, type HwcapEntry, listHwcaps } from './linux/release/hwcap-catalogue.ts';
export { KNOWN_TREES, NEWEST_RELEASE } from './linux/release/known-trees.ts';
export { parseRelease, type Release } from './linux/release/release.ts';
export type { Condition, FieldCondition } from './linux/release/rows.ts';
export type { BootedCpu, Doubt, HwcapSet, SanitisedRegister, System } from './linux/system.ts';
export { type Auxv, type AuxvEntry, auxvView } from './process/auxv.ts';
export { formatCpuList } from './process/cpu-list.ts';
export { type CpuinfoEntry, cpuinfoView, hasPersonality, type Personality } from './process/cpuinfo.ts';
export { el0View, type MrsResult, readAtEl0, readAtEl1 } from './process/mrs.ts';
export { type Process, processOf } from './process/process.ts';
export { SYSFS_CPU_FOLDER, sysfsView } from './process/sysfs.ts';
export { type CompiledKernel, type CompileOptions, compile } from './rows/compile.ts';
export { ENGINE_NAMES, type EngineName } from './rows/engine-name.ts';
export { ROW_REGISTERS } from './rows/generated/row-layout.ts';
export { packRow } from './rows/pack-row.ts';
export type { Words } from './rows/words.ts';
export { conclude } from './runtime/conclude.ts';
export { goArm64For } from './runtime/goarm64.ts';
export { type HwcapNamesRow, hwcapNames } from './runtime/hwcap-names.ts';
export type { Answer } from './runtime/judge-program.ts';
export { type CompilerRow, GCC, LLVM, type March, marchFor } from './runtime/march.ts';
export { PROGRAM_NAMES, PROGRAMS, type ProgramName, type ProgramVersion } from './runtime/program.ts';
export { type RustTarget, rustTarget } from './runtime/rust.ts';
export { type TargetCpu, targetCpuFor } from './runtime/target-cpu.ts';
export { type Core, findCore, implementerName, isMaskedMidr } from './silicon/core.ts';
export {
  KNOWN_MACHINES,
  type KnownMachine,
  loadMachine,
  type MachineKind,
  type MachineRow,
  type Recording,
} from './silicon/known-machine.ts';
export type { Cpu, Machine, RegisterFile, SystemRegisterName } from './silicon/machine.ts';
export { composeMidr, formatRevision, type Midr, parseMidr } from './silicon/midr.ts';
