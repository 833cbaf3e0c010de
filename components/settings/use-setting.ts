'use client';
import { useState } from 'react';
import { useAction } from '@/components/use-action';
import { useToasts } from '@/components/ui/Toast';
import { settingsPatch, type SettingsPatch } from '@/lib/shared/settings';
import { updateSettings } from '@/lib/web/settings-actions';

/** Saves one part of the settings. */
export interface SettingSaver {
  /** @returns whether it is saved */
  save: (patch: SettingsPatch) => Promise<boolean>;
  isPending: boolean;
  /** What is wrong with the value that was to be saved. */
  error: string | null;
  clear: () => void;
}

/** Checks, saves, and says so. */
export function useSettingSaver(): SettingSaver {
  const [error, setError] = useState<string | null>(null);
  const toasts = useToasts();
  const { run, isPending } = useAction(updateSettings, (refusal) => {
    if (refusal.code !== 'invalid_input') return false;
    setError(refusal.message);
    return true;
  });
  const save = async (patch: SettingsPatch) => {
    const refusal = settingsPatch.safeParse(patch).error?.issues[0]?.message ?? null;
    setError(refusal);
    if (refusal) return false;
    const result = await run(patch);
    if (result?.ok) toasts.show({ kind: 'success', title: 'Saved.' });
    return result?.ok ?? false;
  };
  return { save, isPending, error, clear: () => setError(null) };
}
