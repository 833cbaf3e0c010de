/** What can be done at the keyboards of running VMs. */
import { parse } from '../shared/parse';
import { typeText, type TypeText } from '../shared/typing/type-text';
import type { Registry } from './registry';
import type { Actor, KeyboardService } from './types';
import { pressesOf, Typist } from './typist';

export class Keyboard implements KeyboardService {
  readonly #typist = new Typist();

  constructor(private readonly registry: Registry) {}

  async type(_actor: Actor, name: string, input: TypeText, signal?: AbortSignal): Promise<void> {
    const { text, layout, keysPerSecond } = parse(typeText, input);
    const { machine } = this.registry.get(name);
    const presses = pressesOf(text, layout);
    await this.#typist.work(machine, name, [{ kind: 'presses', presses, keysPerSecond }], signal);
  }
}
