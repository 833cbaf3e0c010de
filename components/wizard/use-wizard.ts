'use client';
import { useEffect, useMemo, useState } from 'react';
import { useHost, useLibrary, useStats, useVms } from '@/components/live/live-hooks';
import type { ErrorBody } from '@/lib/shared/errors';
import { asErrors, mergeNotes, specErrors, toFieldKeys, type FieldNotes } from '@/lib/shared/field-keys';
import { hostLimits } from '@/lib/shared/host-limits';
import { draftFor, randomMac, updateDevice } from '@/lib/shared/spec-draft';
import { changeSystem, setSource, type InstallSource } from '@/lib/shared/spec-system';
import { suggestName, SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import {
  NO_AUTOSTART,
  vmAutostart,
  vmName,
  vmNotes,
  type VmAutostart,
  type VmSpecDraft,
  type VmSystem,
} from '@/lib/shared/vm';

/** What a person has set so far. The draft holds all hardware; the rest stands beside it. */
export interface WizardForm {
  /** null while the suggested name is taken. */
  name: string | null;
  draft: VmSpecDraft;
  source: InstallSource;
  notes: string;
  autostart: VmAutostart;
  start: boolean;
}

export interface Wizard {
  form: WizardForm;
  name: string;
  set: (change: Partial<WizardForm>) => void;
  setSystem: (system: VmSystem) => void;
  /** An ISO that tells which system it holds sets the system, too. */
  setInstallSource: (source: InstallSource) => void;
  /** Everything that stands at fields, by field key; `name` and `source` are the wizard's own keys. */
  fieldNotes: FieldNotes;
  /** The draft when it has no errors of its own. */
  validSpec: VmSpecDraft | null;
  /** Errors that say "choose something" are shown only after this. */
  reveal: () => void;
  /** The name of the VM that is being made: once it is in the list, that is no clash. */
  setMade: (name: string | null) => void;
  /** Puts a refusal of the server to its fields; false when it is about none. */
  refuse: (error: ErrorBody) => boolean;
}

const SOURCE_ERRORS = {
  iso: 'Choose an ISO image, or start with a blank disk.',
  image: 'Choose a disk image, or start with a blank disk.',
} as const;

/** The server's page and the browser's first render must agree, so chance comes after that. */
const MAC_BEFORE_MOUNT = '52:54:00:00:00:00';

function withMac(draft: VmSpecDraft): VmSpecDraft {
  return updateDevice(draft, 'nic', 'nic0', (nic) =>
    nic.mac === MAC_BEFORE_MOUNT ? { ...nic, mac: randomMac() } : nic,
  );
}

/** The state of the create form and what follows from it. */
export function useWizard(): Wizard {
  const [host, stats, vms, library] = [useHost(), useStats(), useVms(), useLibrary()];
  const [form, setForm] = useState<WizardForm>(() => ({
    name: null,
    draft: draftFor('linux', host, MAC_BEFORE_MOUNT),
    source: { kind: 'iso', file: null },
    notes: '',
    autostart: NO_AUTOSTART,
    start: true,
  }));
  useEffect(() => setForm((now) => ({ ...now, draft: withMac(now.draft) })), []);
  const [isRevealed, setRevealed] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [refused, setRefused] = useState<Record<string, string>>({});

  const names = useMemo(() => vms.filter((vm) => vm.name !== made).map((vm) => vm.name), [vms, made]);
  const name = form.name ?? suggestName(SYSTEM_PRESETS[form.draft.system].nameStem, names);
  const own = useMemo(() => specErrors(form.draft), [form.draft]);
  const fieldNotes = useMemo(
    () =>
      mergeNotes(
        asErrors(refused),
        asErrors(own),
        asErrors(formErrors(form, name, names, isRevealed)),
        hostLimits({ draft: form.draft, host, stats, vms, vmId: null, library }),
      ),
    [refused, own, form, name, names, isRevealed, host, stats, vms, library],
  );

  const set = (change: Partial<WizardForm>) => {
    setForm((now) => ({ ...now, ...change }));
    setRefused({});
  };
  return {
    form,
    name,
    set,
    setSystem: (system) => set({ draft: changeSystem(form.draft, system, host) }),
    setInstallSource: (source) => {
      const preset = library.find(({ ref }) => source.kind === 'iso' && ref === source.file)?.facts?.preset;
      const draft = preset && preset !== form.draft.system ? changeSystem(form.draft, preset, host) : form.draft;
      set({ source, draft: setSource(draft, source) });
    },
    fieldNotes,
    validSpec: Object.keys(own).length === 0 ? form.draft : null,
    reveal: () => setRevealed(true),
    setMade,
    refuse: (error) => {
      const fields = serverFields(form.draft, error);
      setRefused(fields);
      return Object.keys(fields).length > 0;
    },
  };
}

function formErrors(form: WizardForm, name: string, names: string[], isRevealed: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  const badName = vmName.safeParse(name).error?.issues[0]?.message;
  if (names.includes(name)) errors.name = `There is a VM ${name} already. Choose another name.`;
  else if (badName && (isRevealed || name !== '')) errors.name = badName;
  if (isRevealed && form.source.kind !== 'blank' && !form.source.file) errors.source = SOURCE_ERRORS[form.source.kind];
  for (const issue of vmAutostart.safeParse(form.autostart).error?.issues ?? []) {
    errors[`autostart.${issue.path.join('.')}`] ??= issue.message;
  }
  const badNotes = vmNotes.safeParse(form.notes).error?.issues[0]?.message;
  if (badNotes) errors.notes = badNotes;
  return errors;
}

/** The server's own refusals, at the same keys as the form's. */
function serverFields(draft: VmSpecDraft, error: ErrorBody): Record<string, string> {
  if (error.code === 'already_exists') return { name: error.message };
  const fields = Object.entries(error.fields ?? {}).map(([path, message]) => [path.replace(/^spec\./, ''), message]);
  return toFieldKeys(draft, Object.fromEntries(fields) as Record<string, string>);
}
