/** `skep`: the command. */
import { runCli } from './run';
import { visible } from './screen';
import { VERBS } from './verbs';

// `skep ls | head` closes the pipe early: that is no error.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await runCli(VERBS, process.argv.slice(2), {
  env: process.env,
  write: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(`${visible(text.trimEnd())}\n`),
});
