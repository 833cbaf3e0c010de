'use client';
import { useEffect, useState } from 'react';
import { callAction } from '@/components/use-action';
import type { ErrorBody } from '@/lib/shared/errors';
import type { CommandPreview, VmSpecDraft } from '@/lib/shared/vm';
import { previewVm } from '@/lib/web/create-actions';

/** Long enough that typing a number asks once. */
const DEBOUNCE_MS = 300;

export interface PreviewState {
  preview: CommandPreview | null;
  error: ErrorBody | null;
  /** The form has errors now; the preview is of its last valid state. */
  isOutdated: boolean;
}

/**
 * The exact command lines of a draft, asked from the server shortly after each change. The last answer stays until
 * the next one is there.
 *
 * @param spec null while the draft has errors: nothing is asked then
 */
export function usePreview(name: string, spec: VmSpecDraft | null): PreviewState {
  const [state, setState] = useState<Omit<PreviewState, 'isOutdated'>>({ preview: null, error: null });
  useEffect(() => {
    if (!spec) return;
    let isOld = false;
    const timer = setTimeout(() => {
      void callAction(() => previewVm(name, spec)).then((result) => {
        if (isOld) return;
        setState(result.ok ? { preview: result.value, error: null } : { preview: null, error: result.error });
      });
    }, DEBOUNCE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [name, spec]);
  return { ...state, isOutdated: spec === null };
}
