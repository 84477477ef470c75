// takes the groups that were asked for, gives each stage a run of its own and adds up what they say.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, ensureInstalled, root } from '../setup.mjs';
import { prepareBrowsers } from './browsers.mjs';
import { endRunning } from './exec.mjs';
import { groups, stages } from './stages.mjs';

const say = (text) => process.stdout.write(`${text}\n`);

const groupsOf = (flags) => {
  const at = flags.findIndex((flag) => flag === '--only' || flag.startsWith('--only='));
  if (at < 0) return groups;
  const value = flags[at].includes('=') ? flags[at].slice('--only='.length) : (flags[at + 1] ?? '');
  const wanted = value.split(',').filter(Boolean);
  const unknown = wanted.filter((name) => !groups.includes(name));
  if (wanted.length === 0 || unknown.length > 0)
    throw new SetupError(`--only takes ${groups.join(', ')}, with commas between; not "${value}".`);
  return wanted;
};

const finish = ({ passed, failed, notes }) => {
  for (const note of notes) say(note);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
};

/** One stage: its heading, its output, its count. A stage that throws has failed once. */
const runStage = async (stage, context) => {
  say(`\n── ${stage.name} ${'─'.repeat(Math.max(3, 90 - stage.name.length))}`);
  const started = performance.now();
  let result;
  try {
    result = await stage.run(context);
  } catch (error) {
    say(error.message);
    result = { passed: 0, failed: 1 };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${stage.name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s`);
  return result;
};

/** Prepares the machine, runs the stages of the wanted groups in order, and prints the sum as the very last line. */
export const runTests = async (flags) => {
  const total = { passed: 0, failed: 0, notes: [] };
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      endRunning();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  try {
    const wanted = groupsOf(flags);
    await ensureInstalled();
    const needsBrowsers = wanted.includes('unit') || wanted.includes('e2e');
    const browsers = needsBrowsers ? await prepareBrowsers() : {};
    if (needsBrowsers && !browsers.firefox)
      total.notes.push('Firefox: not on this machine and not installable here; its tests did not run.');
    rmSync(join(root, 'test/results'), { recursive: true, force: true });
    mkdirSync(join(root, 'test/results'), { recursive: true });

    const context = { browsers, wanted, results: new Map() };
    for (const stage of stages.filter(({ groups: names }) => names.some((name) => wanted.includes(name)))) {
      const result = await runStage(stage, context);
      context.results.set(stage.name, result);
      total.passed += result.passed;
      total.failed += result.failed;
      if (result.failed > 0) total.notes.push(`Failed: ${stage.name} (${result.failed})`);
      if (result.skipped) total.notes.push(`Skipped: ${result.skipped} in ${stage.name}`);
    }
    say('');
  } catch (error) {
    say(error instanceof SetupError ? error.message : error.stack);
    total.failed += 1;
  }
  finish(total);
};
