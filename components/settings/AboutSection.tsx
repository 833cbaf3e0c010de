'use client';
import { useHost } from '@/components/live/live-hooks';
import { CopyableCode } from '@/components/ui/Copy';
import { Fact, Facts } from '@/components/ui/Facts';

/** Versions, places, licence. */
export function AboutSection() {
  const host = useHost();
  return (
    <Facts>
      <Fact term="Skep">{host.skepVersion}</Fact>
      <Fact term="QEMU">{host.qemu ? host.qemu.version : 'missing'}</Fact>
      <Fact term="Host">
        {host.hostname}, {host.os}
      </Fact>
      <Fact term="Data">
        <CopyableCode text={host.home} />
      </Fact>
      <Fact term="Library">
        <CopyableCode text={host.libraryFolder} />
        <p className="text-sm text-muted">ISO and disk images that are copied here appear by themselves.</p>
      </Fact>
      <Fact term="Licence">Apache License 2.0</Fact>
    </Facts>
  );
}
