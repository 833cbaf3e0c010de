'use client';
import { useEffect, useRef } from 'react';

/** Brings the first field with an error into focus, whenever errors are shown: screen readers then read it out. */
export function useFocusInvalid(errors: object) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return form;
}
