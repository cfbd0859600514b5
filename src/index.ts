/**
 * armlens as a library: what software sees of an Arm CPU, and why.
 *
 * The shortest way: {@link loadMachine} gives a {@link Machine}, {@link boot} makes a {@link System} of it, the views ({@link cpuinfoView},
 * {@link el0View}, {@link auxvView}) show what a program sees, and answers ({@link why}, {@link compareSystems}, {@link inferFeatures}) say
 * why. Text comes in and goes out by `armlens/formats`; many machines at once are rows: `armlens/rows`.
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
export type { ProvedFlag } from './answers/baseline.ts';
export {
  type Baseline,
  type BaselineInput,
  type BaselineMember,
  type BaselineTargets,
  type BaselineUnknown,
  baselineOf,
} from './answers/baseline.ts';
export type { CommandLine } from './answers/baseline-cmdline.ts';
export type { FieldSetting } from './answers/baseline-registers.ts';
export type {
  Capture,
  CapturedArchFeatures,
  CapturedCore,
  CapturedHwcaps,
  CapturedInstruction,
  CapturedLogLine,
  CapturedWorkaround,
  RegisterDoor,
} from './answers/capture.ts';
export { type Contradiction, checkCapture } from './answers/check-capture.ts';
export { checkProgram } from './answers/check-program.ts';
export { compareSystems } from './answers/compare-systems.ts';
export {
  type ComparedCause,
  type ComparedEffect,
  type ComparedLevel,
  type ComparedValue,
  type Comparison,
  type DifferenceCause,
  EFFECT_KINDS,
  type Effect,
  type EffectKind,
} from './answers/comparison.ts';
export type { CompatHwcap } from './answers/compat-hwcap.ts';
export type { Erratum } from './answers/cpucap-card.ts';
export { allCpucaps, type CpucapCard, type CpucapRow, cpucapCard } from './answers/cpucap-card.ts';
export type { GuestCore } from './answers/guest/guest-cpu.ts';
export type { Likelihood, Reason as GuessReason } from './answers/guest/hypervisor-guess.ts';
export type {
  BlockDevice,
  DmiField,
  FolderEntry,
  HardwareNode,
  KernelModule,
  Listing as GuestListing,
  Listings as GuestListings,
  LogLine as GuestLogLine,
  NetworkInterface,
  PciDevice,
  Remark as GuestRemark,
  UsbDevice,
  VirtioEntry,
  Word as GuestWord,
} from './answers/guest/listings.ts';
export type { GuestPartition } from './answers/guest/storage.ts';
export type { AddOnRow, ClueWeight, HiddenRow, Hypervisor } from './answers/guest/tables.ts';
export {
  type AddOn,
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
export { type HidingErratum, type HwcapCard, hwcapCard } from './answers/hwcap-card.ts';
export { type HwcapFacts, hwcapFacts } from './answers/hwcap-facts.ts';
export type { HwcapBackport, HwcapField, HwcapNames } from './answers/hwcap-table.ts';
export { type HwcapTable, type HwcapTableRow, hwcapTable } from './answers/hwcap-table.ts';
export type { CauseSubject } from './answers/infer/cause.ts';
export type { Bounds } from './answers/infer/field-bounds.ts';
export type { LineOddity, Vocabulary } from './answers/infer/line.ts';
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
export {
  type Cpucap,
  KNOWN,
  type KnownKind,
  type KnownKindName,
  knownName,
  knownNames,
  nearestKnown,
} from './answers/known.ts';
export { type KvmFit, type KvmMisfit, kvmFits } from './answers/kvm-fits.ts';
export { type KvmBelow, kvmBelow } from './answers/kvm-hwcaps.ts';
export type { DemandBasis } from './answers/level.ts';
export { type LevelDemand, type LevelReading, levelReadings, type MissingDemand, type NextLevel } from './answers/level.ts';
export { type LevelMatrixRow, type LevelStanding, levelMatrix } from './answers/level-matrix.ts';
export { type LevelOverlay, levelOverlay } from './answers/level-overlay.ts';
export { LEVEL_READINGS, type LevelReadingName } from './answers/level-reading.ts';
export { type CapturedMachine, machineOfCapture } from './answers/machine-of-capture.ts';
export { mergeCaptures, type NamedCapture } from './answers/merge-captures.ts';
export type { CommonGuest, Conflict } from './answers/migrate/common-guest.ts';
export type { MoveFault } from './answers/migrate/move.ts';
export type { Move, Remedy } from './answers/migrate.ts';
export { type Migration, type MigrationHost, migrate } from './answers/migrate.ts';
export type { LackingUse, MostFlags } from './answers/runs.ts';
export { type BuildVerdict, type Runs, type RunsOn, runsOn } from './answers/runs.ts';
export type { Subject } from './answers/subject.ts';
export type { KvmScenario } from './answers/why/scenario.ts';
export type { FieldPlace, Place as StationPlace, RuntimeName } from './answers/why/station.ts';
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
export type { ReadRegister } from './arch/arch-feature.ts';
export {
  ALL_ARCH_FEATURES,
  type ArchFeature,
  type ArchFeatureName,
  evaluateArchFeatures,
  findArchFeature,
  implementedArchFeatures,
} from './arch/arch-feature.ts';
export { archFeatureBounds, type FieldBound } from './arch/arch-feature-bounds.ts';
export type { FieldComparison, Identification, IdentificationLeaf } from './arch/arch-feature-descriptor.ts';
export { type DecodedField, type DecodedRegister, decodeRegister } from './arch/decode.ts';
export type { MrsInstruction } from './arch/encoding.ts';
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
export type { ConditionalArchFeature } from './arch/level-descriptor.ts';
export type { RegisterField } from './arch/register.ts';
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
export type { RegisterVariant } from './arch/register-descriptor.ts';
export { type BitRange, extractField, extractSignedField, type FieldSign, insertField, readField } from './bits/field.ts';
export { formatHex, parseWord } from './bits/hex.ts';
export type { PartialWord } from './bits/partial-word.ts';
export type { Diagnostic, Parsed } from './diagnostic.ts';
export { ArmlensError, type ErrorCode } from './errors.ts';
export {
  applyGuestLayers,
  type Guest,
  type GuestChange,
  type GuestEffect,
  type GuestLayer,
  guestChange,
} from './hypervisor/guest-layer.ts';
export { boot } from './linux/boot.ts';
export type { Outcome } from './linux/bring-up/evaluate.ts';
export type { Environment, SmcccAnswers } from './linux/environment.ts';
export type { Kernel, KernelConfig } from './linux/kernel.ts';
export type { KvmGuest, VcpuRefusal } from './linux/kvm/guest-under-kvm.ts';
export type { KvmBehaviour, KvmModel, LimitAt, ListedAt, ProtectedAt, ReadAt, RefusalAt, WriteAt } from './linux/kvm/kvm-at.ts';
export type { KvmHost, KvmHostOptions } from './linux/kvm/kvm-host.ts';
export { type GuestUnderKvm, guestUnderKvm } from './linux/kvm/kvm-layers.ts';
export type {
  GuestCondition,
  HardwareCondition,
  KvmCondition,
  LimitState,
  ListedState,
  ProtectedState,
  ReadState,
  RefusalReason,
  RefusalState,
  RefusalStep,
  Targets,
  VcpuCondition,
  VcpuTrait,
  WriteState,
} from './linux/kvm/kvm-rows.ts';
export type { LimitNote } from './linux/kvm/limits.ts';
export { type GuestRead, type GuestReads, guestReads } from './linux/kvm/reads.ts';
export { PLAIN_VCPU, VCPU_FEATURES, type Vcpu, type VcpuFeature } from './linux/kvm/vcpu.ts';
export { setOneReg, type WriteOutcome } from './linux/kvm/write.ts';
export type { LogEvent, LogMessage, LogPhase, LogSource } from './linux/log/log-event.ts';
export { type LogLevel, logLevel } from './linux/log/log-level.ts';
export { CONFIG_NAMES } from './linux/release/config.ts';
export { type AnyHwcap, allHwcaps, findHwcap, type HwcapEntry, listHwcaps } from './linux/release/hwcap-catalogue.ts';
export type { TrackedField } from './linux/release/kernel-at.ts';
export { KNOWN_TREES, NEWEST_RELEASE } from './linux/release/known-trees.ts';
export { parseRelease, type Release } from './linux/release/release.ts';
export type { RuleRow } from './linux/release/row-timeline.ts';
export { type RuleSpan, rowTimeline, ruleSpans, type SeriesState, type SeriesUpdate } from './linux/release/row-timeline.ts';
export type {
  AffectedRow,
  Backport,
  CapabilityRow,
  CapabilityState,
  CapabilityType,
  Condition,
  ConditionLeaf,
  CpucapCondition,
  FieldCondition,
  FixedRevision,
  Gate,
  HwcapState,
  HwcapVector,
  KnownTree,
  MidrCondition,
  OptionCondition,
  RowChange,
  RuleCondition,
  SafeRule,
  Timed,
} from './linux/release/rows.ts';
export type { BootedCpu, Doubt, HwcapSet, OpenRegister, SanitisedRegister, System, Unknown as SystemUnknown } from './linux/system.ts';
export type { All as AllOf, Any as AnyOf, Not as NotOf, Tree } from './logic/tree.ts';
export type { Truth } from './logic/truth.ts';
export { type Auxv, type AuxvEntry, auxvView } from './process/auxv.ts';
export { formatCpuList } from './process/cpu-list.ts';
export { type CpuinfoEntry, cpuinfoView, hasPersonality, type Personality } from './process/cpuinfo.ts';
export { el0View, type MrsResult, readAtEl0, readAtEl1 } from './process/mrs.ts';
export { type Process, processOf } from './process/process.ts';
export type { ProgramCpu, ProgramView } from './process/program-view.ts';
export { SYSFS_CPU_FOLDER, sysfsView } from './process/sysfs.ts';
export { conclude } from './runtime/conclude.ts';
export type { UnknownFlag } from './runtime/flags/build-use.ts';
export type { ChosenClone } from './runtime/flags/clones.ts';
export { goArm64For, type HadFeatures } from './runtime/goarm64.ts';
export { type HwcapNamesRow, hwcapNames } from './runtime/hwcap-names.ts';
export type { HwcapFate, HwcapInProgram } from './runtime/hwcap-programs.ts';
export type { Answer } from './runtime/judge-program.ts';
export { type CompilerRow, GCC, LLVM, type March, marchFor } from './runtime/march.ts';
export { PROGRAM_NAMES, PROGRAMS, type ProgramName, type ProgramVersion } from './runtime/program.ts';
export type {
  AnswerRow,
  CompilerLevelRow,
  ExtensionRow,
  NameRow,
  ProcessCondition,
  ProcessLeaf,
  ProgramRow,
} from './runtime/runtime-rows.ts';
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
export { EXTRA_REGISTERS } from './silicon/machine.ts';
export { machineNotes } from './silicon/machine-notes.ts';
export { composeMidr, formatRevision, type Midr, parseMidr } from './silicon/midr.ts';
export type { Seen, SeenLine } from './silicon/seen.ts';
