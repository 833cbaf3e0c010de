'use client';
import { useState, type FormEvent } from 'react';
import { useTaskStarted } from '@/components/tasks/use-task-started';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Dialog } from '@/components/ui/Dialog';
import { Select } from '@/components/ui/Select';
import { TextField } from '@/components/ui/TextField';
import { useAction } from '@/components/use-action';
import { downloadCreate } from '@/lib/shared/download';
import type { ErrorBody } from '@/lib/shared/errors';
import { startDownload } from '@/lib/web/transfer-actions';

const FORM = 'download-form';
/** The value of the select that stands for the home's own folder, which has no name. */
const OWN_FOLDER = '';

interface DownloadDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Folders that were added to the library. */
  folders?: readonly string[];
}

type Errors = Partial<Record<'url' | 'name' | 'checksum', string>>;

/** Asks where a file is, and lets the server fetch it. */
export function DownloadDialog({ isOpen, onClose, folders = [] }: DownloadDialogProps) {
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [checksum, setChecksum] = useState('');
  const [folder, setFolder] = useState(OWN_FOLDER);
  const [unpack, setUnpack] = useState(true);
  const [errors, setErrors] = useState<Errors>({});
  const tellStarted = useTaskStarted();
  const { run, isPending } = useAction(startDownload, (error) => {
    setErrors(errorsOf(error));
    return true;
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { url, name: name || null, checksum: checksum || null, folder: folder || null, unpack };
    const issues = downloadCreate.safeParse(input).error?.issues ?? [];
    setErrors(Object.fromEntries(issues.map((issue) => [issue.path.join('.'), issue.message])));
    if (issues.length > 0) return;
    const result = await run(input);
    if (!result?.ok) return;
    setUrl('');
    setName('');
    setChecksum('');
    tellStarted(result.value);
    onClose();
  };
  return (
    <Dialog
      title="Download from URL"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={FORM} isPending={isPending}>
            Download
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <TextField
          label="Address"
          help="This host fetches the file; the browser may be closed meanwhile."
          placeholder="https://example.org/image.iso"
          isCode
          autoFocus
          value={url}
          onChange={setUrl}
          error={errors.url}
          autoComplete="off"
          spellCheck="false"
        />
        <TextField
          label="Name"
          note="optional"
          help="Empty: as the server calls it."
          value={name}
          onChange={setName}
          error={errors.name}
          autoComplete="off"
          spellCheck="false"
        />
        <TextField
          label="Checksum"
          note="optional"
          help="SHA-256, SHA-512 or MD5, or the address of a list such as SHA256SUMS."
          isCode
          value={checksum}
          onChange={setChecksum}
          error={errors.checksum}
          autoComplete="off"
          spellCheck="false"
        />
        {folders.length > 0 && (
          <Select
            label="Folder"
            options={[{ value: OWN_FOLDER, label: 'Skep’s own' }, ...folders.map((value) => ({ value, label: value }))]}
            value={folder}
            onChange={setFolder}
          />
        )}
        <Checkbox isSelected={unpack} onChange={setUnpack}>
          Unpack gz, xz, zst and zip files
        </Checkbox>
      </form>
    </Dialog>
  );
}

/** An error of the server at its field; what is of no field stands at the address. */
function errorsOf(error: ErrorBody): Errors {
  const { url, name, checksum } = error.fields ?? {};
  return url || name || checksum ? { url, name, checksum } : { url: error.message };
}
