'use client';
import { LibraryPicker } from '@/components/library/LibraryPicker';
import { useLibrary } from '@/components/live/live-hooks';
import { Button } from '@/components/ui/Button';
import { Banner } from '@/components/ui/Notice';
import { RadioGroup } from '@/components/ui/RadioGroup';
import { isoTitle } from '@/lib/shared/iso-facts';
import type { InstallSource } from '@/lib/shared/spec-system';
import { guessSystem, SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import type { VmSystem } from '@/lib/shared/vm';

interface SourceFieldProps {
  source: InstallSource;
  onChange: (source: InstallSource) => void;
  error: string | null;
  system: VmSystem;
  onSystem: (system: VmSystem) => void;
}

const NOTHING_YET: Record<InstallSource['kind'], InstallSource> = {
  iso: { kind: 'iso', file: null },
  image: { kind: 'image', file: null, format: 'qcow2' },
  blank: { kind: 'blank' },
};

/** What the VM starts from: an installer on an ISO, a copy of a disk image, or nothing. */
export function SourceField({ source, onChange, error, system, onSystem }: SourceFieldProps) {
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup<InstallSource['kind']>
        label="Start from"
        look="cards"
        choices={[
          { value: 'iso', label: 'An ISO image', about: 'An installer or a live system, as a CD-ROM' },
          { value: 'image', label: 'A disk image', about: 'A system that is installed already; it is copied' },
          { value: 'blank', label: 'A blank disk', about: 'Nothing to boot from yet' },
        ]}
        value={source.kind}
        onChange={(kind) => onChange(NOTHING_YET[kind])}
      />
      {source.kind === 'iso' && (
        <LibraryPicker
          wish="iso"
          value={source.file}
          onChange={(file) => onChange({ kind: 'iso', file: file.ref })}
          error={error}
        />
      )}
      {source.kind === 'image' && (
        <LibraryPicker
          wish="image"
          value={source.file}
          onChange={(file) =>
            onChange({ kind: 'image', file: file.ref, format: file.kind === 'raw' ? 'raw' : 'qcow2' })
          }
          help="The VM gets its own copy; the image stays as it is."
          error={error}
        />
      )}
      <SystemHint source={source} system={system} onSystem={onSystem} />
    </div>
  );
}

/** Says when the file's name or label speaks of another system than the chosen one. */
function SystemHint({ source, system, onSystem }: Pick<SourceFieldProps, 'source' | 'system' | 'onSystem'>) {
  const library = useLibrary();
  const file = source.kind === 'blank' ? undefined : library.find((one) => one.ref === source.file);
  const guess = file && guessSystem(file);
  if (!guess) return null;
  const { label } = SYSTEM_PRESETS[guess];
  const title = file.facts && isoTitle(file.facts);
  if (guess === system)
    return title && <p className="text-sm text-muted">{`${title} is on this ISO, so the system is ${label}.`}</p>;
  return (
    <Banner
      kind="info"
      title={`${file.name} ${title ? `holds ${title}` : `looks like ${label}`}, but the hardware is for ${SYSTEM_PRESETS[system].label}.`}
      actions={
        <Button size="sm" onPress={() => onSystem(guess)}>
          Use hardware for {label}
        </Button>
      }
    />
  );
}
