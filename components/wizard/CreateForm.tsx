'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState, type FormEvent } from 'react';
import { ForwardsTable } from '@/components/hardware/ForwardsTable';
import { ProcessorSection } from '@/components/hardware/ProcessorSection';
import type { SpecEditor } from '@/components/hardware/spec-editor';
import { Button } from '@/components/ui/Button';
import { Switch } from '@/components/ui/Checkbox';
import { ErrorNotice } from '@/components/ui/Notice';
import { TextField } from '@/components/ui/TextField';
import { useAction } from '@/components/use-action';
import { devicesOf } from '@/lib/shared/device';
import type { ErrorBody } from '@/lib/shared/errors';
import { firstError } from '@/lib/shared/field-keys';
import { vmPath } from '@/lib/shared/paths';
import { createVm } from '@/lib/web/create-actions';
import { AdvancedParts } from './AdvancedParts';
import { FirstDiskFields } from './FirstDiskFields';
import { SourceField } from './SourceField';
import { Summary } from './Summary';
import { SystemField } from './SystemField';
import { usePreview } from './use-preview';
import { useWizard, type Wizard } from './use-wizard';

/** The one-page form that makes a VM. It ends at the new VM's display. */
export function CreateForm() {
  const wizard = useWizard();
  const commands = usePreview(wizard.name, wizard.validSpec);
  const submit = useSubmit(wizard);
  const { form, set, name, fieldNotes } = wizard;
  const editor: SpecEditor = {
    draft: form.draft,
    change: (draft) => set({ draft }),
    notes: fieldNotes,
    running: null,
    isReadOnly: false,
  };
  return (
    <form
      ref={submit.formRef}
      onSubmit={submit.onSubmit}
      noValidate
      className="relative mx-auto grid max-w-6xl gap-x-12 gap-y-8 px-4 py-6 md:px-6 lg:grid-cols-[minmax(0,1fr)_24rem]"
    >
      <div className="flex min-w-0 flex-col gap-7">
        <h1 className="text-xl font-semibold">New virtual machine</h1>
        <TextField
          label="Name"
          value={name}
          onChange={(next) => set({ name: next })}
          error={fieldNotes.name?.message}
          help="Letters, digits, dots, dashes and underscores."
          autoComplete="off"
          spellCheck="false"
          className="sm:max-w-sm"
        />
        <SystemField value={form.draft.system} onChange={wizard.setSystem} />
        <SourceField
          source={form.source}
          onChange={wizard.setInstallSource}
          error={fieldNotes.source?.message ?? null}
          system={form.draft.system}
          onSystem={wizard.setSystem}
        />
        <div className="flex flex-col gap-4">
          <h2 className="text-lg font-semibold">Hardware</h2>
          <ProcessorSection editor={editor} />
          <FirstDiskFields editor={editor} />
        </div>
        <NetworkPart editor={editor} />
        <AdvancedParts wizard={wizard} editor={editor} />
      </div>
      <aside aria-label="Summary" className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-6 lg:self-start">
        <Summary name={name} draft={form.draft} commands={commands} />
        <Switch isSelected={form.start} onChange={(start) => set({ start })}>
          Start it now
        </Switch>
        {submit.error && <ErrorNotice error={submit.error} />}
        <Button type="submit" kind="primary" isPending={submit.isPending}>
          {form.start ? 'Create and start' : 'Create'}
        </Button>
      </aside>
    </form>
  );
}

function NetworkPart({ editor }: { editor: SpecEditor }) {
  const nic = devicesOf(editor.draft, 'nic').find((one) => one.id === 'nic0');
  if (!nic) return null;
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">Network</h2>
      <p className="text-pretty text-muted">User networking: the guest reaches the internet through this host.</p>
      <ForwardsTable editor={editor} nic={nic} />
    </div>
  );
}

/** Creates the VM and goes to its display; errors go to their fields, or stand above the button. */
function useSubmit(wizard: Wizard) {
  const router = useRouter();
  const formRef = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const { run, isPending } = useAction(createVm, () => true);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    wizard.reveal();
    const { form, name, fieldNotes, validSpec } = wizard;
    const isSourceMissing = form.source.kind !== 'blank' && !form.source.file;
    if (!validSpec || isSourceMissing || firstError(fieldNotes)) return focusFirstError(formRef.current);
    const { notes, autostart, start } = form;
    wizard.setMade(name);
    const result = await run({ name, spec: validSpec, notes, autostart, start });
    if (result?.ok) return router.push(vmPath(result.value.name, 'display'));
    wizard.setMade(null);
    if (result && !wizard.refuse(result.error)) setError(result.error);
  };
  return { formRef, onSubmit, error, isPending };
}

/** Brings the first field with an error into view, once it is drawn. */
function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input, [role="alert"]');
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}
