/** What the shells source. Each asks `skep __complete WORD…` and offers the lines it prints. */
import { usageError } from './exit';

const SCRIPTS: Record<string, string> = {
  bash: `_skep() {
  local IFS=$'\\n'
  COMPREPLY=($(skep __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _skep skep
`,
  zsh: `_skep() {
  local -a found
  found=("\${(@f)$(skep __complete "\${words[@]:1:$((CURRENT-1))}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -a found; else _files; fi
}
compdef _skep skep
`,
  fish: `function __skep_complete
  set -l words (commandline -opc) (commandline -ct)
  skep __complete $words[2..-1] 2>/dev/null
end
complete -c skep -a '(__skep_complete)'
`,
};

/** @throws CliError for a shell that is not known */
export function completionScript(shell: string): string {
  const script = SCRIPTS[shell];
  if (script !== undefined) return script;
  throw usageError(`There is no completion for “${shell}”.`, 'bash, zsh and fish have one.');
}
