'use client';
import type { VmExit, VmView } from '@/lib/shared/vm';
import { CodeBlock } from '../ui/Copy';
import { Disclosure } from '../ui/Disclosure';
import { Banner } from '../ui/Notice';
import { Time } from '../ui/Time';

function howItEnded(exit: VmExit): string {
  if (exit.signal) return `QEMU was killed by ${exit.signal}`;
  if (exit.exitCode !== null) return `QEMU ended with exit code ${exit.exitCode}`;
  return 'QEMU ended, and nobody saw how';
}

/** How QEMU ended when nobody had asked it to, and what to do. */
export function CrashPanel({ vm }: { vm: VmView }) {
  const exit = vm.lastExit;
  return (
    <Banner
      kind="attention"
      title={
        exit ? (
          <>
            {howItEnded(exit)}, <Time at={exit.at} />
          </>
        ) : (
          'QEMU ended unexpectedly'
        )
      }
    >
      <p>The disks are as the guest left them. Start {vm.name} again; if it ends again, the log says more.</p>
      {exit?.logTail && (
        <Disclosure title="QEMU's last words" className="mt-1" defaultOpen>
          <CodeBlock text={exit.logTail} label="QEMU's last words" />
        </Disclosure>
      )}
    </Banner>
  );
}
