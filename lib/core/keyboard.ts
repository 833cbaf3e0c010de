/** What can be done at the keyboards of running VMs: texts, and the macros of users. */
import {
  keyMacroRun,
  keysOfCombination,
  type KeyMacroRun,
  type KeyMacroSave,
  type KeyMacroStep,
  type KeyMacroView,
} from '../shared/key-macro';
import { parse } from '../shared/parse';
import type { KeyboardLayout } from '../shared/typing/layouts';
import { DEFAULT_KEYS_PER_SECOND, typeText, type TypeText } from '../shared/typing/type-text';
import type { KeyMacros } from './key-macros';
import type { Registry } from './registry';
import type { Actor, KeyboardService } from './types';
import { pressesOf, Typist, type KeyboardStep } from './typist';

export class Keyboard implements KeyboardService {
  readonly #typist = new Typist();

  constructor(
    private readonly registry: Registry,
    private readonly keyMacros: KeyMacros,
  ) {}

  async type(_actor: Actor, name: string, input: TypeText, signal?: AbortSignal): Promise<void> {
    const { text, layout, keysPerSecond } = parse(typeText, input);
    const { machine } = this.registry.get(name);
    const presses = pressesOf(text, layout);
    await this.#typist.work(machine, name, [{ kind: 'presses', presses, keysPerSecond }], signal);
  }

  macros(actor: Actor): Promise<KeyMacroView[]> {
    return this.keyMacros.list(actor);
  }

  saveMacro(actor: Actor, macro: KeyMacroSave): Promise<KeyMacroView[]> {
    return this.keyMacros.save(actor, macro);
  }

  removeMacro(actor: Actor, id: string): Promise<KeyMacroView[]> {
    return this.keyMacros.remove(actor, id);
  }

  async runMacro(actor: Actor, name: string, id: string, input: KeyMacroRun, signal?: AbortSignal): Promise<void> {
    const { layout } = parse(keyMacroRun, input);
    const { machine } = this.registry.get(name);
    const { steps } = await this.keyMacros.get(actor, id);
    const work = steps.map((step) => keyboardStep(step, layout));
    await this.#typist.work(machine, name, work, signal);
  }
}

function keyboardStep(step: KeyMacroStep, layout: KeyboardLayout): KeyboardStep {
  if (step.kind === 'pause') return step;
  const keysPerSecond = DEFAULT_KEYS_PER_SECOND;
  if (step.kind === 'text') return { kind: 'presses', presses: pressesOf(step.text, layout), keysPerSecond };
  const keys = keysOfCombination(step.keys) ?? [];
  const key = keys.pop();
  return { kind: 'presses', presses: key === undefined ? [] : [{ key, held: keys }], keysPerSecond };
}
