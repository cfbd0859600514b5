/** A layer of KVM by its name, and what a vCPU may be made with so that it takes nothing. */
export function layerTitle(name: string, brings: string | undefined): string {
  return brings === undefined ? name : `${name} (--vcpu ${brings} brings it)`;
}
