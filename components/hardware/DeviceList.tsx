'use client';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/Button';
import { deviceLabel } from '@/lib/shared/spec-labels';
import { RestartMark, type SpecEditor } from './spec-editor';

/** The devices of one kind, one below the other. */
export function DeviceList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y border-y empty:hidden">
      {children}
    </ul>
  );
}

interface DeviceItemProps {
  editor: SpecEditor;
  deviceId: string;
  /** What it is, in a few words behind its name. */
  summary: ReactNode;
  /** Takes it out of the VM; without it the device stays. */
  onRemove?: () => void;
  /** The remove button's text. */
  removeLabel?: string;
  children?: ReactNode;
}

/** One device: its name, what it is, a button to take it out, and its fields. */
export function DeviceItem({ editor, deviceId, summary, onRemove, removeLabel, children }: DeviceItemProps) {
  const name = deviceLabel(deviceId);
  return (
    <li className="flex flex-col gap-3 py-3">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <h3 className="font-medium">{name}</h3>
          <span className="min-w-0 break-words text-muted">{summary}</span>
          <RestartMark editor={editor} fieldKey={`devices.${deviceId}`} />
        </div>
        {onRemove && !editor.isReadOnly && (
          <IconButton
            size="sm"
            label={removeLabel ?? `Remove ${name}`}
            icon={<X aria-hidden className="size-4" />}
            onPress={onRemove}
          />
        )}
      </div>
      {children}
    </li>
  );
}
