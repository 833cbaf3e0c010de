'use client';
import type { VmView } from '@/lib/shared/vm';
import { readCommandLine } from '@/lib/web/vm-actions';
import { OnDemand } from './OnDemand';

/** The command line that a start runs, as one could type it. */
export function CommandLine({ vm }: { vm: VmView }) {
  return (
    <OnDemand
      title="QEMU's command line"
      value="What a start runs"
      empty="There is no command line."
      load={() => readCommandLine(vm.name)}
    />
  );
}
