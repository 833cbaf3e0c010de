'use client';
import type { VmView } from '@/lib/shared/vm';
import { readLog } from '@/lib/web/vm-actions';
import { OnDemand } from './OnDemand';

/** What QEMU printed, the newest at the end. */
export function QemuLog({ vm }: { vm: VmView }) {
  return (
    <OnDemand
      title="QEMU's log"
      value="What QEMU printed"
      empty="QEMU has printed nothing, which is how it should be."
      isAtEnd
      load={() => readLog(vm.name)}
    />
  );
}
