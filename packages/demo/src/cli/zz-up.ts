import { Command } from 'commander';
import { addUpCommand } from '/work/main/packages/demo/src/cli/up';
const p = new Command(); addUpCommand(p); p.parseAsync();
