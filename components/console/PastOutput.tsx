'use client';

import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ErrorBody } from '@/lib/shared/errors';
import { readSerialLog } from '@/lib/web/vm-actions';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Banner } from '../ui/Notice';
import { FilterField } from '../ui/TextField';
import { callAction } from '../use-action';
import { saveFile, timedName } from './download';

/** A page with more lines would be slow; the file to save has them all. */
const SHOWN_LINES = 2000;

/** What a guest said on its serial port, now and in past runs: to read, to search, to save. */
export function PastOutput({ vmName, onClose }: { vmName: string; onClose: () => void }) {
  const { text, error } = useSerialLog(vmName);
  const [filter, setFilter] = useState('');
  const lines = useMemo(() => linesWith(text ?? '', filter), [text, filter]);
  const save = () => saveFile(timedName(vmName, 'txt'), new Blob([text ?? ''], { type: 'text/plain' }));
  return (
    <Dialog
      title={`Past output of ${vmName}`}
      isOpen
      isWide
      onClose={onClose}
      actions={
        <Button
          icon={<Download aria-hidden className="size-4" />}
          disabledReason={text ? null : 'There is no output to save.'}
          onPress={save}
        >
          Save as a text file
        </Button>
      }
    >
      {error && <Banner kind="danger" title={error.message} />}
      {text !== null && text === '' && (
        <p className="text-muted">The guest has said nothing on its serial port yet. What it says is kept here.</p>
      )}
      {text !== null && text !== '' && (
        <>
          <FilterField label="Search in the output" placeholder="Search" value={filter} onChange={setFilter} />
          <p role="status" className="my-2 text-sm text-muted">
            {summary(lines.length, filter)}
          </p>
          <Lines lines={lines.slice(-SHOWN_LINES)} />
        </>
      )}
    </Dialog>
  );
}

function useSerialLog(vmName: string): { text: string | null; error: ErrorBody | null } {
  const [state, setState] = useState<{ text: string | null; error: ErrorBody | null }>({ text: null, error: null });
  useEffect(() => {
    let isWanted = true;
    void callAction(() => readSerialLog(vmName)).then((result) => {
      if (!isWanted) return;
      setState(result.ok ? { text: result.value, error: null } : { text: null, error: result.error });
    });
    return () => void (isWanted = false);
  }, [vmName]);
  return state;
}

function Lines({ lines }: { lines: readonly string[] }) {
  const toEnd = (element: HTMLPreElement | null) => element?.scrollTo(0, element.scrollHeight);
  return (
    <pre
      ref={toEnd}
      tabIndex={0}
      aria-label="Output"
      className="h-[45vh] overflow-auto rounded-md bg-terminal p-3 font-mono text-xs break-words whitespace-pre-wrap text-on-terminal"
    >
      {lines.join('\n')}
    </pre>
  );
}

function linesWith(text: string, filter: string): string[] {
  const lines = text.trimEnd().split('\n');
  const wanted = filter.toLowerCase();
  return wanted === '' ? lines : lines.filter((line) => line.toLowerCase().includes(wanted));
}

function summary(count: number, filter: string): string {
  const shown = count > SHOWN_LINES ? `, the last ${SHOWN_LINES} shown` : '';
  const word = count === 1 ? 'line' : 'lines';
  return filter === '' ? `${count} ${word}${shown}` : `${count} ${word} with “${filter}”${shown}`;
}
