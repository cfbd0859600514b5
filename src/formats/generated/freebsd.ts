// Generated from spec-data/formats/freebsd-registers.json by `npm run gen`. Do not edit.

import type { FreebsdRow } from '../freebsd-register.ts';

/** The registers that FreeBSD prints, in its order. */
export const FREEBSD_ROWS: readonly FreebsdRow[] = [
  ['Instruction Set Attributes 0', 'ID_AA64ISAR0_EL1', 'RNDR=|RNG,TLB=|TLBI-OS|TLBI-OSR,TS=|CondM-8.4|CondM-8.5,FHM,DP,SM4,SM3,SHA3,RDM,TME,Atomic=|-|Atomic,CRC32,SHA2=|SHA2|SHA2+SHA512,SHA1,AES=|AES|AES+PMULL'],
  ['Instruction Set Attributes 1', 'ID_AA64ISAR1_EL1', 'LS64=|LS64|LS64v|LS64+ACCDATA,XS,I8MM,DGH,BF16=|BF16|EBF16,SPECRES=|PredInv,SB,FRINTTS,GPI,GPA,LRCPC=|RCPC-8.3|RCPC-8.4,FCMA,JSCVT,API=|API PAC|API EPAC|Impl PAuth+EPAC2|Impl PAuth+FPAC|Impl PAuth+FPAC+Combined,APA=|APA PAC|APA EPAC|APA EPAC2|APA FPAC|APA FPAC+Combined,DPB=|DCPoP|DCCVADP'],
  ['Instruction Set Attributes 2', 'ID_AA64ISAR2_EL1', 'PAC_frac,BC,MOPS,APA3=|APA3 PAC|APA3 EPAC|APA3 EPAC2|APA3 FPAC|APA3 FPAC+Combined,GPA3,RPRES,WFxT=|-|WFxT'],
  ['Processor Features 0', 'ID_AA64PFR0_EL1', 'CSV3,CSV2=|CSV2|CSV2_2|CSV2_3,RME,DIT=|PSTATE.DIT,AMU=|AMUv1|AMUv1p1,MPAM,SEL2,SVE,RAS=|RAS|RAS v8.4,GIC=|GIC|-|GIC 4.1,AdvSIMD=AdvSIMD|AdvSIMD+HP|-|-|-|-|-|-|-|-|-|-|-|-|-|,FP=FP|FP+HP|-|-|-|-|-|-|-|-|-|-|-|-|-|,EL3=|EL3|EL3 32,EL2=|EL2|EL2 32,EL1=-|EL1|EL1 32,EL0=-|EL0|EL0 32'],
  ['Processor Features 1', 'ID_AA64PFR1_EL1', 'NMI,CSV2_frac=|CSV2 p1|CSV2 p2,RNDR_trap,SME=|SME|SME2,MPAM_frac=|MPAM p1,RAS_frac=|RAS p1,MTE=|MTE|MTE2|MTE3,SSBS=|PSTATE.SSBS|PSTATE.SSBS MSR,BT=|BTI'],
  ['Memory Model Features 0', 'ID_AA64MMFR0_EL1', 'ECV=|ECV|ECV+CNTHCTL,FGT,ExS,TGran4_2=|No S2 TGran4|S2 TGran4|S2 TGran4+LPA2,TGran64_2=|No S2 TGran64|S2 TGran64,TGran16_2=|No S2 TGran16|S2 TGran16|S2 TGran16+LPA2,TGran4=TGran4|TGran4+LPA2|-|-|-|-|-|-|-|-|-|-|-|-|-|,TGran64=TGran64|-|-|-|-|-|-|-|-|-|-|-|-|-|-|,TGran16=|TGran16|TGran16+LPA2,BigEndEL0,SNSMem,BigEnd,ASIDBits=8bit ASID|-|16bit ASID,PARange=4GB PA|64GB PA|1TB PA|4TB PA|16TB PA|256TB PA|4PB PA'],
  ['Memory Model Features 1', 'ID_AA64MMFR1_EL1', 'CMOW=|CMOVW,TIDCP1,nTLBPA,AFP,HCX,ETS,TWED,XNX,SpecSEI,PAN=|PAN|PAN+ATS1E1|EPAN,LO,HPDS=|HPD|HPD+TTPBHA,VH,VMIDBits=8bit VMID|-|16bit VMID,HAFDBS=|HAF|HAF+DS'],
  ['Memory Model Features 2', 'ID_AA64MMFR2_EL1', 'E0PD,EVT=|EVT-8.2|EVT-8.5,BBM=|BBM level 1|BBM level 2,TTL,FWB,IDS,AT,ST,NV=|NV|NV v8.4,CCIDX=32bit CCIDX|64bit CCIDX,VARange=48bit VA|52bit VA,IESB,LSM,UAO,CnP'],
  ['Debug Features 0', 'ID_AA64DFR0_EL1', 'HPMN0,BRBE=|BRBE|BRBE EL3,MTPMU=|MTPMU|-|-|-|-|-|-|-|-|-|-|-|-|-|MTPMU res0,TraceBuffer,TraceFilt=|Trace v8.4,DoubleLock=DoubleLock|-|-|-|-|-|-|-|-|-|-|-|-|-|-|,PMSVer=|SPE|SPEv1p1|SPEv1p2|SPEv1p3,CTX_CMPs=1 CTX BKPT|2 CTX BKPTs|3 CTX BKPTs|4 CTX BKPTs|5 CTX BKPTs|6 CTX BKPTs|7 CTX BKPTs|8 CTX BKPTs|9 CTX BKPTs|10 CTX BKPTs|11 CTX BKPTs|12 CTX BKPTs|13 CTX BKPTs|14 CTX BKPTs|15 CTX BKPTs|16 CTX BKPTs,WRPs=1 Watchpoint|2 Watchpoints|3 Watchpoints|4 Watchpoints|5 Watchpoints|6 Watchpoints|7 Watchpoints|8 Watchpoints|9 Watchpoints|10 Watchpoints|11 Watchpoints|12 Watchpoints|13 Watchpoints|14 Watchpoints|15 Watchpoints|16 Watchpoints,BRPs=1 Breakpoint|2 Breakpoints|3 Breakpoints|4 Breakpoints|5 Breakpoints|6 Breakpoints|7 Breakpoints|8 Breakpoints|9 Breakpoints|10 Breakpoints|11 Breakpoints|12 Breakpoints|13 Breakpoints|14 Breakpoints|15 Breakpoints|16 Breakpoints,PMUVer=|PMUv3|-|-|PMUv3p1|PMUv3p4|PMUv3p5|PMUv3p7|PMUv3p8|-|-|-|-|-|-|IMPL PMU,TraceVer=|Trace,DebugVer=-|-|-|-|-|-|Debugv8|Debugv8_VHE|Debugv8p2|Debugv8p4|Debugv8p8'],
  ['Debug Features 1', 'ID_AA64DFR1_EL1', ''],
  ['Auxiliary Features 0', 'ID_AA64AFR0_EL1', ''],
  ['Auxiliary Features 1', 'ID_AA64AFR1_EL1', ''],
  ['SVE Features 0', 'ID_AA64ZFR0_EL1', 'F64MM,F32MM,I8MM,SM4,SHA3,BF16=|BF16|BF16+EBF,BitPerm,AES=|AES|AES+PMULL,SVEver=SVE1|SVE2'],
  ['AArch32 Instruction Set Attributes 5', 'ID_ISAR5_EL1', 'VCMA,RDM,CRC32,SHA2,SHA1,AES=|AES|AES+VMULL,SEVL'],
  ['AArch32 Media and VFP Features 0', 'MVFR0_EL1', 'FPRound,FPSqrt,FPDivide,FPTrap,FPDP=|DP VFPv2|DP VFPv3+v4,FPSP=|SP VFPv2|SP VFPv3+v4,SIMDReg=|FP 16x64|AdvSIMD'],
  ['AArch32 Media and VFP Features 1', 'MVFR1_EL1', 'SIMDFMAC,FPHP=|FPHP SP Conv|FPHP DP Conv|FPHP Arith,SIMDHP=|SIMDHP SP Conv|SIMDHP Arith,SIMDSP,SIMDInt,SIMDLS,FPDNaN,FPFtZ'],
];

/** What old releases printed → what those of today print. */
export const FREEBSD_OLD_TEXTS: Readonly<Record<string, string>> = {"Float":"FP","Float+HP":"FP+HP","32b CCIDX":"32bit CCIDX","64b CCIDX":"64bit CCIDX","48b VA":"48bit VA","52b VA":"52bit VA","4k Granule":"TGran4","64k Granule":"TGran64","16k Granule":"TGran16","MixedEndian":"BigEnd","S/NS Mem":"SNSMem","EL0 MixEndian":"BigEndEL0","Debug v8":"Debugv8","Debug v8+VHE":"Debugv8_VHE","Debug v8.2":"Debugv8p2"};
