'use client';

import { Plus, X } from 'lucide-react';
import { MAX_MACRO_STEPS, type KeyMacroStep } from '@/lib/shared/key-macro';
import { Button, IconButton } from '../ui/Button';
import { NumberField } from '../ui/NumberField';
import { Select } from '../ui/Select';
import { TextField } from '../ui/TextField';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;
const KINDS = [
  { value: 'keys', label: 'Keys' },
  { value: 'text', label: 'Text' },
  { value: 'pause', label: 'Pause' },
] as const;
const EMPTY: Record<KeyMacroStep['kind'], KeyMacroStep> = {
  keys: { kind: 'keys', keys: '' },
  text: { kind: 'text', text: '' },
  pause: { kind: 'pause', milliseconds: 500 },
};

interface MacroStepsProps {
  steps: readonly KeyMacroStep[];
  /** Sentences by path: `steps.0.keys`. */
  errors: Readonly<Record<string, string>>;
  onChange: (steps: KeyMacroStep[]) => void;
}

/** The steps of a macro, from the first to the last. */
export function MacroSteps({ steps, errors, onChange }: MacroStepsProps) {
  const replace = (at: number, step: KeyMacroStep) => onChange(steps.map((old, i) => (i === at ? step : old)));
  const full = steps.length >= MAX_MACRO_STEPS ? `A macro has at most ${MAX_MACRO_STEPS} steps.` : null;
  const only = steps.length === 1 ? 'A macro needs a step.' : null;
  return (
    <div className="flex flex-col items-start gap-3">
      <ol aria-label="Steps" className="flex w-full flex-col gap-3">
        {steps.map((step, at) => (
          <li key={at} className="flex items-end gap-2">
            <Select
              label={`Kind of step ${at + 1}`}
              hideLabel
              className="w-24 shrink-0 self-start pt-6"
              options={KINDS}
              value={step.kind}
              onChange={(kind) => replace(at, EMPTY[kind])}
            />
            <StepField number={at + 1} step={step} errors={errors} onChange={(changed) => replace(at, changed)} />
            <IconButton
              size="sm"
              label={`Remove step ${at + 1}`}
              className="mt-6.5 self-start"
              icon={<X {...ICON} />}
              disabledReason={only}
              onPress={() => onChange(steps.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ol>
      <Button
        size="sm"
        icon={<Plus {...ICON} />}
        disabledReason={full}
        onPress={() => onChange([...steps, EMPTY.keys])}
      >
        Add a step
      </Button>
    </div>
  );
}

interface StepFieldProps {
  number: number;
  step: KeyMacroStep;
  errors: Readonly<Record<string, string>>;
  onChange: (step: KeyMacroStep) => void;
}

function StepField({ number, step, errors, onChange }: StepFieldProps) {
  const error = (part: string) => errors[`steps.${number - 1}.${part}`];
  const className = 'min-w-0 flex-1';
  switch (step.kind) {
    case 'keys':
      return (
        <TextField
          label={`Keys ${number}`}
          placeholder="Ctrl+Alt+F2"
          className={className}
          value={step.keys}
          error={error('keys')}
          onChange={(keys) => onChange({ ...step, keys })}
        />
      );
    case 'text':
      return (
        <TextField
          label={`Text ${number}`}
          className={className}
          value={step.text}
          error={error('text')}
          onChange={(text) => onChange({ ...step, text })}
        />
      );
    case 'pause':
      return (
        <NumberField
          label={`Pause ${number}`}
          unit="ms"
          className={className}
          minValue={10}
          maxValue={10_000}
          value={step.milliseconds}
          error={error('milliseconds')}
          onChange={(milliseconds) => onChange({ ...step, milliseconds })}
        />
      );
  }
}
