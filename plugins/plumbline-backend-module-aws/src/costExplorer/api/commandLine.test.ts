import { execFileSync } from 'node:child_process';
import { commandLine } from './commandLine';

const request = {
  TimePeriod: { Start: '2026-11-01', End: '2026-11-27' },
  Granularity: 'DAILY' as const,
  Metrics: ['AmortizedCost', 'UnblendedCost'],
  GroupBy: [
    { Type: 'TAG' as const, Key: `who's "it", $HOME` },
    { Type: 'DIMENSION' as const, Key: 'SERVICE' },
  ],
};

describe('a question as a command line', () => {
  it('says period, granularity, metrics, groups and filter', () => {
    expect(
      commandLine({
        ...request,
        GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
        Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['1'] } },
      }),
    ).toBe(
      `aws ce get-cost-and-usage --time-period Start=2026-11-01,End=2026-11-27 --granularity DAILY --metrics AmortizedCost UnblendedCost --group-by '[{"Type":"DIMENSION","Key":"SERVICE"}]' --filter '{"Dimensions":{"Key":"LINKED_ACCOUNT","Values":["1"]}}'`,
    );
  });

  it('survives a shell, whatever people call their tags', () => {
    const words = execFileSync('sh', [
      '-c',
      commandLine(request).replace(/^aws/, 'printf "%s\\n"'),
    ])
      .toString()
      .trim()
      .split('\n');
    const groups = words[words.indexOf('--group-by') + 1];
    expect(JSON.parse(groups)).toEqual(request.GroupBy);
    expect(words).not.toContain('--filter');
  });
});
