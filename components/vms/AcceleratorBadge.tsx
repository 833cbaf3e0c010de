'use client';
import type { VmView } from '@/lib/shared/vm';
import { useHost } from '../live/live-hooks';
import { Hint } from '../ui/Tooltip';

const BADGE = 'text-muted rounded-sm border px-1.5 text-xs leading-4.5';

/** What the VM runs on; for TCG, why, and what would make it faster. */
export function AcceleratorBadge({ vm }: { vm: VmView }) {
  const host = useHost();
  if (!vm.accelerator) return null;
  if (vm.accelerator === 'kvm')
    return (
      <Hint text="KVM: the host's processor runs the guest itself, at full speed." className={BADGE}>
        KVM
      </Hint>
    );
  const kvm = host.accelerators.find((accelerator) => accelerator.name === 'kvm');
  const why =
    vm.spec.accelerator === 'tcg' && kvm?.works
      ? 'It is chosen in the hardware settings.'
      : kvm && !kvm.works
        ? [kvm.reason, kvm.fix].filter(Boolean).join(' ')
        : '';
  return (
    <Hint text={`TCG: QEMU translates every instruction of the guest, which is slow. ${why}`} className={BADGE}>
      TCG, slow
    </Hint>
  );
}
